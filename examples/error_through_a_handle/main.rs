//! What a task returns comes through its handle: a value, an error, or a panic.
//! Watch who sees which: `cargo run --example error_through_a_handle`
use timed::println;

// ANCHOR: listing
use std::error::Error;
use std::num::ParseIntError;
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for text in ["8080", "80a0", ""] {
        match start(text).await {
            Ok(port) => println!("port {port}"),
            Err(error) if error.is::<ParseIntError>() => println!("no number: {error}"),
            Err(_) => println!("the task is gone"),
        }
    }
}

async fn start(text: &'static str) -> Result<u16, Box<dyn Error>> {
    let task = tokio::spawn(read_port(text));
    let port = task.await??;
    println!("got {port}");
    Ok(port)
}

async fn read_port(text: &str) -> Result<u16, ParseIntError> {
    sleep(Duration::from_secs(1)).await;
    assert!(!text.is_empty(), "an empty port");
    let port = text.parse()?;
    println!("read {port}");
    Ok(port)
}
// ANCHOR_END: listing
