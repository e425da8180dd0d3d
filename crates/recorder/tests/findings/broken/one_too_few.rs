use std::sync::Arc;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let barrier = Arc::new(Barrier::new(4));
    let mut set = JoinSet::new();
    for n in 0..3 {
        let barrier = barrier.clone();
        set.spawn(async move {
            println!("{n} is there");
            barrier.wait().await;
            println!("{n} goes");
        });
    }
    set.join_all().await;
}
