//! A runtime within another's task: its tasks run, and to drop it there panics.

use tokio::runtime::Runtime;

#[tokio::main]
async fn main() {
    let inner = Runtime::new().unwrap();
    let job = inner.spawn(async { 1 + 1 });
    println!("got {}", job.await.unwrap());
    drop(inner);
    println!("end");
}
