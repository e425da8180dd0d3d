use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for (name, seconds) in [("one", 1), ("two", 2), ("three", 3)] {
        match fetch(name, seconds).await {
            Ok(size) => println!("{name}: {size}"),
            Err(error) => println!("{name}: {error}"),
        }
    }
}

async fn fetch(name: &str, seconds: u64) -> Result<usize, &'static str> {
    sleep(Duration::from_secs(seconds)).await;
    if name == "two" { Err("not found") } else { Ok(name.len()) }
}
