//! Two workers take jobs from a queue, until all of them are done.
//! Watch when the queue is empty, and when the work is done:
//! `cargo run --example every_job_is_done`
use timed::println;

// ANCHOR: listing
use futures::future::join_all;
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc};
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, receiver) = mpsc::channel(4);
    for job in 1..=4 {
        sender.send(job).await.unwrap();
    }
    drop(sender);
    let jobs = Rc::new(Mutex::new(receiver));
    join_all([work("foo", jobs.clone()), work("bar", jobs)]).await;
    println!("every job is done");
}

async fn work(name: &str, jobs: Rc<Mutex<mpsc::Receiver<u64>>>) {
    loop {
        let job = jobs.lock().await.recv().await;
        let Some(seconds) = job else { break };
        sleep(Duration::from_secs(seconds)).await;
        println!("{name}: {seconds} s of work done");
    }
}
// ANCHOR_END: listing
