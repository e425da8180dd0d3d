use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (one, two, three) = tokio::join!(fetch("one", 1), fetch("two", 2), fetch("three", 3));
    for (name, page) in [("one", one), ("two", two), ("three", three)] {
        if let Ok(size) = page {
            println!("{name}: {size}");
        }
    }
}

async fn fetch(name: &str, seconds: u64) -> Result<usize, &'static str> {
    sleep(Duration::from_secs(seconds)).await;
    if name == "two" { Err("not found") } else { Ok(name.len()) }
}
