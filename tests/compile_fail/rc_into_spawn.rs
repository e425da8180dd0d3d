//! A task may have to change threads, so an `Rc` cannot go into one: also
//! where there is only one thread, for the bound is in `spawn`'s signature.

use std::rc::Rc;
use tokio::task::yield_now;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let shared = Rc::new(1);
    let task = tokio::spawn(async move {
        yield_now().await;
        println!("{shared}");
    });
    task.await.unwrap();
}
