//! The counters end with their channels, and `Counters` keeps the other ends.

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

struct Counters {
    give: [UnboundedSender<&'static str>; 2],
    totals: JoinSet<usize>,
}

fn counters() -> Counters {
    let mut totals = JoinSet::new();
    let give = std::array::from_fn(|_| {
        let (give, mut take) = unbounded_channel::<&str>();
        totals.spawn(async move {
            let mut total = 0;
            while let Some(word) = take.recv().await {
                total += word.len();
            }
            total
        });
        give
    });
    Counters { give, totals }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut counters = counters();
    for (i, word) in ["a", "bc", "def"].into_iter().enumerate() {
        counters.give[i % 2].send(word).unwrap();
    }
    while let Some(total) = counters.totals.join_next().await {
        println!("{} letters", total.unwrap());
    }
}
