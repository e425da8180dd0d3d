//! Other threads beside the one with the tasks.
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use tokio::task::{spawn_blocking, yield_now};
use tokio::time::{Instant, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let jobs = [2, 1].map(|n| spawn_blocking(move || job(n)));
    sleep(Duration::from_millis(1500)).await;
    println!("main");
    for job in jobs {
        println!("got {}", job.await.unwrap());
    }
    println!("{:?}", start.elapsed());

    let (tx, rx) = mpsc::channel();
    let thread = thread::spawn(move || {
        thread::sleep(Duration::from_secs(1));
        tx.send("from a thread").unwrap();
    });
    // Nobody else runs meanwhile: the thread is held.
    println!("{} after {:?}", rx.recv().unwrap(), start.elapsed());
    thread.join().unwrap();

    let done = spawn_blocking(|| thread::sleep(Duration::from_millis(10)));
    while !done.is_finished() {
        yield_now().await;
        sleep(Duration::from_millis(3)).await;
    }
    println!("{:?}", start.elapsed());
    let refused = std::panic::catch_unwind(|| tokio::task::block_in_place(|| 1));
    println!("block_in_place refused: {}", refused.is_err());
}

fn job(seconds: u64) -> u64 {
    thread::sleep(Duration::from_secs(seconds));
    println!("job {seconds}");
    seconds
}
