use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let pages = [("one", 1), ("two", 2), ("three", 3)];
    let tasks = pages.map(|(name, seconds)| (name, tokio::spawn(fetch(name, seconds))));
    for (name, task) in tasks {
        match task.await.unwrap() {
            Ok(size) => println!("{name}: {size}"),
            Err(error) => println!("{name}: {error}"),
        }
    }
}

async fn fetch(name: &'static str, seconds: u64) -> Result<usize, &'static str> {
    sleep(Duration::from_secs(seconds)).await;
    if name == "two" { Err("not found") } else { Ok(name.len()) }
}
