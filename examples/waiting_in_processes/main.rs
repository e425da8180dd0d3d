//! Three waits of 0.6, 0.9 and 1.2 s, each in a process.
//! Watch how long it takes in all: `cargo run --example waiting_in_processes`
use timed::println;

// ANCHOR: listing
use std::env::{args, current_exe};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

fn main() {
    match args().nth(1) {
        None => wait_in_processes(),
        Some(ms) => sleep(Duration::from_millis(ms.parse().unwrap())),
    }
}

fn wait_in_processes() {
    println!("start");
    let this_program = current_exe().unwrap();
    let waits = ["600", "900", "1200"];
    let processes = waits.map(|ms| Command::new(&this_program).arg(ms).spawn().unwrap());
    for (mut process, ms) in processes.into_iter().zip(waits) {
        process.wait().unwrap();
        println!("waited {ms} ms");
    }
}
// ANCHOR_END: listing
