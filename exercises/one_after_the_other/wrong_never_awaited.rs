use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for page in ["one", "two", "three"] {
        drop(fetch(page));
    }
    let (one, two, three) = (0, 0, 0);
    println!("3 pages, {} letters", one + two + three);
}

/// A page takes a second to come.
async fn fetch(page: &'static str) -> usize {
    sleep(Duration::from_secs(1)).await;
    page.len()
}
