//! It is told by a watch channel that the light is off, and looks at that when the last
//! drop has fallen.

use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{interval, sleep};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (light, mut lit) = watch::channel(true);
    tokio::spawn(async move {
        sleep(Duration::from_millis(25)).await;
        light.send_modify(|on| *on = false);
    });
    let mut drops = interval(Duration::from_millis(1));
    let mut fallen = 0;
    loop {
        tokio::select! {
            biased;
            _ = drops.tick(), if fallen < 50 => sleep(Duration::from_millis(2)).await,
            Ok(_) = lit.wait_for(|on| !on) => break,
        }
        fallen += 1;
    }
    println!("dark, after {fallen}");
}
