use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let [one, two, three] = ["one", "two", "three"].map(|page| tokio::spawn(fetch(page)));
    let (one, two, three) = (one.await.unwrap(), two.await.unwrap(), three.await.unwrap());
    println!("3 pages, {} letters", one + two + three);
}

/// A page takes a second to come.
async fn fetch(page: &'static str) -> usize {
    sleep(Duration::from_secs(1)).await;
    page.len()
}
