use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    match tokio::try_join!(fetch("one", 1), fetch("two", 2), fetch("three", 3)) {
        Ok((one, two, three)) => {
            for (name, size) in [("one", one), ("two", two), ("three", three)] {
                println!("{name}: {size}");
            }
        }
        Err(error) => println!("{error}"),
    }
}

async fn fetch(name: &str, seconds: u64) -> Result<usize, &'static str> {
    sleep(Duration::from_secs(seconds)).await;
    if name == "two" { Err("not found") } else { Ok(name.len()) }
}
