//! Nobody waits for the copy any more, and the program ends only with it.

use std::time::Duration;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

fn copy(files: u32) {
    for file in 0..files {
        std::thread::sleep(Duration::from_millis(400));
        println!("copied file {file}");
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let copying = spawn_blocking(|| copy(3));
    tokio::select! {
        _ = copying => println!("all there"),
        () = sleep(Duration::from_millis(100)) => println!("too slow"),
    }
}
