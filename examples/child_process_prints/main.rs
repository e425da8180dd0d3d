//! `main` starts a process that prints, and awaits what it printed (on Unix).
//! Watch who waits: `cargo run --example child_process_prints`
use timed::println;

// ANCHOR: listing
use tokio::process::Command;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("start");
    let output = Command::new("echo").arg("Hello").output().await.unwrap();
    println!("it said {}", String::from_utf8_lossy(&output.stdout).trim());
}
// ANCHOR_END: listing
