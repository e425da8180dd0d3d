//! Main gives up on a task whose value never comes, as whoever has the sender sends none.

use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (version, mut versions) = watch::channel(1);
    version.send(2).unwrap();
    versions.mark_unchanged();
    let save = async move {
        versions.changed().await.unwrap();
        println!("saved {}", *versions.borrow());
    };
    let save = tokio::spawn(save);
    if timeout(Duration::from_secs(1), save).await.is_err() {
        println!("nothing to save in a second");
    }
    println!("last version: {}", *version.borrow());
}
