//! Two tasks on several workers take the same two locks, each in an order of its own.
//! Watch whether both eat, again and again: `cargo run --example locks_crossed`
use timed::println;

// CLASS: seen
// ANCHOR: listing
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::timeout;

#[tokio::main]
async fn main() {
    let (fork, knife) = (Arc::new(Mutex::new(())), Arc::new(Mutex::new(())));
    let ann = tokio::spawn(eat("ann", fork.clone(), knife.clone()));
    let bob = tokio::spawn(eat("bob", knife, fork));
    let both = async { (ann.await, bob.await) };
    if timeout(Duration::from_secs(5), both).await.is_err() {
        println!("nobody eats for five seconds");
    }
}

async fn eat(name: &str, first: Arc<Mutex<()>>, second: Arc<Mutex<()>>) {
    let _first = first.lock().await;
    let _second = second.lock().await;
    println!("{name} eats");
}
// ANCHOR_END: listing
