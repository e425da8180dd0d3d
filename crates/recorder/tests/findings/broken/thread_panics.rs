//! A thread of std's panics, since no runtime is there for its timer.

use std::time::Duration;

fn asks() {
    let nap = async { tokio::time::sleep(Duration::from_millis(10)).await };
    futures::executor::block_on(nap);
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let asker = std::thread::Builder::new().name("asker".to_owned()).spawn(asks).unwrap();
    let end = tokio::task::spawn_blocking(move || asker.join()).await.unwrap();
    println!("{}", end.is_ok());
}
