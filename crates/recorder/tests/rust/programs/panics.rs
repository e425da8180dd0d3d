//! Panics: in a task, caught, in a destructor, and of the root future.
use std::panic::{AssertUnwindSafe, catch_unwind};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let result = tokio::spawn(fails()).await;
    println!("{}", result.unwrap_err());
    let caught = catch_unwind(AssertUnwindSafe(|| panic!("caught")));
    println!("{}", caught.is_err());
    let _survivor = tokio::spawn(waits());
    tokio::task::yield_now().await;
    let nothing: Option<u32> = None;
    println!("{}", nothing.expect("there is something"));
}

async fn fails() {
    let n = 3;
    panic!("boom {n}");
}

async fn waits() {
    std::future::pending::<()>().await;
}
