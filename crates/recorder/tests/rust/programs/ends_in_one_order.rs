//! Of two tasks the second, if it comes first, computes or prints for ever.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

#[tokio::main]
async fn main() {
    let first = Arc::new(AtomicBool::new(true));
    let (one, two) = (first.clone(), first);
    let one = tokio::spawn(async move { one.store(false, SeqCst) });
    let two = tokio::spawn(async move {
        if two.load(SeqCst) {
            let prints = std::env::args().nth(1).unwrap() == "prints";
            loop {
                if prints {
                    println!("again");
                }
                std::hint::spin_loop();
            }
        }
    });
    one.await.unwrap();
    two.await.unwrap();
    println!("done");
}
