//! Three tasks let the others go first, three times each.
//! Watch the order of the second round: `cargo run --example yield_in_rounds`
use timed::println;

// ANCHOR: listing
use tokio::task::yield_now;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let tasks = ["A", "B", "C"].map(|name| tokio::spawn(rounds(name)));
    for task in tasks {
        task.await.unwrap();
    }
}

async fn rounds(name: &str) {
    for round in 0..3 {
        println!("{name}{round}");
        yield_now().await;
    }
}
// ANCHOR_END: listing
