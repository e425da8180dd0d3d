//! The news is out before the reader subscribes to it.

use tokio::sync::broadcast;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (news, _archive) = broadcast::channel(4);
    news.send("open").unwrap();
    let mut mine = news.subscribe();
    let reader = tokio::spawn(async move {
        println!("read {}", mine.recv().await.unwrap());
    });
    reader.await.unwrap();
    drop(news);
}
