//! No runtime, no future.
use std::thread::sleep;
use std::time::Duration;

fn main() {
    print!("no ");
    println!("async");
    sleep(Duration::from_secs(1));
    eprint!("at all");
}
