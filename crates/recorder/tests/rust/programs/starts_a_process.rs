//! Runs another program.
use tokio::process::Command;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("before");
    let output = Command::new("echo").arg("hi").output().await.unwrap();
    println!("it said {:?}", String::from_utf8_lossy(&output.stdout));
}
