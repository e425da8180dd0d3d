use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let one = tokio::spawn(fetch("one")).await.unwrap();
    let two = tokio::spawn(fetch("two")).await.unwrap();
    let three = tokio::spawn(fetch("three")).await.unwrap();
    println!("3 pages, {} letters", one + two + three);
}

/// A page takes a second to come.
async fn fetch(page: &'static str) -> usize {
    sleep(Duration::from_secs(1)).await;
    page.len()
}
