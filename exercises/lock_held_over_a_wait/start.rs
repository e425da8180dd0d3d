use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::sleep;

type Pages = Arc<Mutex<Vec<String>>>;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let pages = Pages::default();
    tokio::join!(add(&pages, "one"), add(&pages, "two"), add(&pages, "three"));
    println!("{} pages", pages.lock().await.len());
}

async fn add(pages: &Pages, name: &str) {
    let mut pages = pages.lock().await;
    let page = fetch(name).await;
    pages.push(page);
}

/// A page takes a second to come.
async fn fetch(name: &str) -> String {
    sleep(Duration::from_secs(1)).await;
    format!("the page {name}")
}
