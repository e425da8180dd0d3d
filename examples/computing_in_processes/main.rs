//! Two equal computations, each in a process.
//! Watch how long both take, against `computing_in_turn`:
//! `cargo run --example computing_in_processes`
use timed::println;

// ANCHOR: listing
use std::env::{args, current_exe};
use std::process::{Command, Stdio};

fn main() {
    match args().nth(1) {
        None => count_in_processes(),
        Some(n) => print!("{} primes", primes_below(n.parse().unwrap())),
    }
}

fn count_in_processes() {
    println!("start");
    let this_program = current_exe().unwrap();
    let processes = ["400000", "400000"]
        .map(|n| Command::new(&this_program).arg(n).stdout(Stdio::piped()).spawn().unwrap());
    for process in processes {
        let output = process.wait_with_output().unwrap();
        println!("{}", String::from_utf8_lossy(&output.stdout));
    }
}

fn primes_below(n: u32) -> usize {
    (2..n).filter(|&n| (2..).take_while(|d| d * d <= n).all(|d| n % d != 0)).count()
}
// ANCHOR_END: listing
