//! Three fetches in a set, and two of them fail at the same moment.
//! Watch what becomes of the slow one: `cargo run --example errors_one_by_one`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut fetches = JoinSet::new();
    fetches.spawn(fetch("users", 1, Some("no such host")));
    fetches.spawn(fetch("orders", 1, Some("access denied")));
    fetches.spawn(fetch("prices", 2, None));
    while let Some(fetched) = fetches.join_next().await {
        match fetched.unwrap() {
            Ok(what) => println!("{what} are there"),
            Err(error) => println!("{error}"),
        }
    }
}

async fn fetch(
    what: &'static str,
    seconds: u64,
    error: Option<&'static str>,
) -> Result<&'static str, String> {
    sleep(Duration::from_secs(seconds)).await;
    match error {
        Some(error) => Err(format!("{what}: {error}")),
        None => Ok(what),
    }
}
// ANCHOR_END: listing
