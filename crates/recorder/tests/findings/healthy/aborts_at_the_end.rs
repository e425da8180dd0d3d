use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut race = JoinSet::new();
    race.spawn(sleep(Duration::from_secs(1)));
    race.spawn(sleep(Duration::from_secs(60)));
    let slow = tokio::spawn(sleep(Duration::from_secs(60)));
    race.join_next().await;
    race.abort_all();
    slow.abort();
}
