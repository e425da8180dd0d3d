//! A page is missing, another is too slow, and each is told with its name.
//! Watch the worker of the slow one: `cargo run --example jobs_with_a_limit`
use timed::println;

// ANCHOR: listing
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc};
use tokio::time::error::Elapsed;
use tokio::time::{sleep, timeout};

const JOBS: [(&str, u64); 5] =
    [("index", 2), ("users", 1), ("prices", 9), ("orders", 1), ("news", 2)];
const LIMIT: Duration = Duration::from_millis(2500);

type Queue = Arc<Mutex<mpsc::Receiver<(&'static str, u64)>>>;
type Results = mpsc::Sender<(&'static str, Result<u64, Error>)>;

enum Error {
    NotFound,
    TooSlow,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (jobs, queue) = mpsc::channel(JOBS.len());
    for job in JOBS {
        jobs.send(job).await.unwrap();
    }
    drop(jobs);
    let (sender, mut results) = mpsc::channel(1);
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..2 {
        tokio::spawn(work(queue.clone(), sender.clone()));
    }
    drop(sender);
    while let Some((name, result)) = results.recv().await {
        match result {
            Ok(length) => println!("{name}: {length}"),
            Err(error) => println!("{name}: {error}"),
        }
    }
}

async fn work(queue: Queue, results: Results) {
    loop {
        let next = queue.lock().await.recv().await;
        let Some((name, seconds)) = next else { return };
        let result = fetch_in_time(name, seconds).await;
        if results.send((name, result)).await.is_err() {
            return;
        }
    }
}

async fn fetch_in_time(name: &str, seconds: u64) -> Result<u64, Error> {
    let length = timeout(LIMIT, fetch(name, seconds)).await??;
    Ok(length)
}

async fn fetch(name: &str, seconds: u64) -> Result<u64, Error> {
    sleep(Duration::from_secs(seconds)).await;
    if name == "orders" {
        return Err(Error::NotFound);
    }
    Ok(100 * seconds)
}

impl From<Elapsed> for Error {
    fn from(_: Elapsed) -> Self {
        Error::TooSlow
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Error::NotFound => "no such page",
            Error::TooSlow => "too slow",
        })
    }
}
// ANCHOR_END: listing
