//! Lets another program take its place, at the second try.

use std::os::unix::process::CommandExt;
use std::process::Command;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{}", Command::new("/no/such/program").exec().kind());
    let _ = Command::new("true").exec();
}
