//! Two runtimes are made, used and dropped on one thread, one after the other.
//! Watch when there is one: `cargo run --example loops_in_turn`
use timed::println;

// ANCHOR: listing
use tokio::runtime::{Builder, Handle};

fn main() {
    println!("before: {}", here());
    for name in ["first", "second"] {
        let runtime = Builder::new_current_thread().build().unwrap();
        runtime.block_on(foo(name));
        println!("after the {name}: {}", here());
    }
}

async fn foo(name: &str) {
    println!("in the {name}: {}", here());
}

fn here() -> &'static str {
    if Handle::try_current().is_ok() { "a loop" } else { "no loop" }
}
// ANCHOR_END: listing
