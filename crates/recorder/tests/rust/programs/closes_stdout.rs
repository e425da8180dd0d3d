//! Closes its stdout: what it prints afterwards nobody sees.
use std::fs::File;
use std::os::fd::FromRawFd;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("seen");
    drop(unsafe { File::from_raw_fd(1) });
    println!("not seen");
    eprintln!("still seen");
}
