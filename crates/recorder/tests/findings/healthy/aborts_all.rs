//! All of a set are aborted before their first turn, and asked for afterwards.

use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut guests: JoinSet<()> = (1..=3).map(|n| sleep(Duration::from_secs(n))).collect();
    guests.abort_all();
    let mut sent_home = 0;
    while let Some(guest) = guests.join_next().await {
        sent_home += usize::from(guest.is_err_and(|error| error.is_cancelled()));
    }
    println!("{sent_home} sent home");
}
