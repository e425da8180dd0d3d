use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let one = fetch("one").await;
    let two = fetch("two").await;
    let three = fetch("three").await;
    println!("3 pages, {} letters", one + two + three);
}

/// A page takes a second to come.
async fn fetch(page: &'static str) -> usize {
    sleep(Duration::from_secs(1)).await;
    page.len()
}
