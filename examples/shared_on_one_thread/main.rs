//! Three tasks that stay on one thread share a number that is not made for
//! several.
//! Watch the sum: `cargo run --example shared_on_one_thread`
use timed::println;

// ANCHOR: listing
use std::cell::Cell;
use std::rc::Rc;
use tokio::task::{JoinSet, LocalSet};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let count = Rc::new(Cell::new(0));
    let local = LocalSet::new();
    let mut tasks = JoinSet::new();
    for _ in 0..3 {
        tasks.spawn_local_on(add_one(count.clone()), &local);
    }
    local.run_until(tasks.join_all()).await;
    println!("3 times one is {}", count.get());
}

async fn add_one(count: Rc<Cell<u32>>) {
    count.set(count.get() + 1);
}
// ANCHOR_END: listing
