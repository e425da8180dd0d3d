//! What was sent before is not for whoever subscribes now; the next one is.

use tokio::sync::broadcast;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (news, mut archive) = broadcast::channel(4);
    news.send("open").unwrap();
    let mut mine = news.subscribe();
    let reader = tokio::spawn(async move {
        while let Ok(news) = mine.recv().await {
            println!("read {news}");
        }
    });
    tokio::task::yield_now().await;
    news.send("closed").unwrap();
    drop(news);
    reader.await.unwrap();
    assert_eq!(archive.recv().await, Ok("open"));
}
