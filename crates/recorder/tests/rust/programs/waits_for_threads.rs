//! The paused clock stands while a blocking call runs, and jumps while a plain
//! thread does.
use std::thread;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, advance, pause, resume, sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    pause();
    let start = Instant::now();
    let late = Duration::from_millis(50);
    let call = tokio::task::spawn_blocking(move || thread::sleep(late));
    println!("{} {:?}", timeout(Duration::from_secs(1), call).await.is_ok(), start.elapsed());
    let (tx, rx) = oneshot::channel();
    thread::spawn(move || {
        thread::sleep(late);
        let _ = tx.send(());
    });
    let answer = timeout(Duration::from_secs(1), rx).await;
    println!("{} {} s", answer.is_ok(), start.elapsed().as_secs());
    advance(Duration::from_secs(3)).await;
    sleep(Duration::from_secs(3600)).await;
    println!("{} s", start.elapsed().as_secs());
    resume();
}
