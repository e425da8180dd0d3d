use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

async fn start_saving(wait: u64) {
    let mut set = JoinSet::new();
    for n in 0..3 {
        set.spawn(async move {
            sleep(Duration::from_millis(20)).await;
            println!("saved {n}");
        });
    }
    sleep(Duration::from_millis(wait)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    start_saving(10).await;
    sleep(Duration::from_millis(200)).await;
}
