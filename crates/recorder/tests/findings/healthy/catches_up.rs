//! After a long step an interval's ticks come one upon the other.

use std::time::Duration;
use tokio::time::{Instant, interval, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let begin = Instant::now();
    let mut frames = interval(Duration::from_millis(20));
    for frame in 0..6 {
        let due = frames.tick().await;
        println!("frame {frame}, due at {} ms", due.duration_since(begin).as_millis());
        if frame == 2 {
            sleep(Duration::from_millis(70)).await;
        }
    }
}
