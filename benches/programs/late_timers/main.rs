//! Sets a timer 500 times, 5 ms ahead, and looks how late it fires: on a quiet
//! runtime, beside a task that computes, beside a task that holds the thread.
//! `cargo run --release --example late_timers -- quiet` (or `busy`, or `held`)

// ANCHOR: listing
use std::thread;
use std::time::Duration;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep, sleep_until};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let beside = std::env::args().nth(1).unwrap_or("quiet".into());
    match beside.as_str() {
        "quiet" => {}
        "busy" => drop(tokio::spawn(busy())),
        "held" => drop(tokio::spawn(held())),
        _ => panic!("quiet, busy or held?"),
    }
    let mut late = tokio::spawn(lateness(500)).await.unwrap();
    late.sort();
    for percent in [0, 10, 25, 50, 75, 90, 95, 99, 100] {
        let index = (late.len() - 1) * percent / 100;
        println!("{percent:3} % at most {} µs late", late[index].as_micros());
    }
}

async fn lateness(timers: usize) -> Vec<Duration> {
    let mut late = Vec::new();
    for _ in 0..timers {
        let due = Instant::now() + Duration::from_millis(5);
        sleep_until(due).await;
        late.push(due.elapsed());
    }
    late
}

/// Computes all the time, and lets the others run after every 0.1 ms.
async fn busy() {
    loop {
        let start = Instant::now();
        while start.elapsed() < Duration::from_micros(100) {}
        yield_now().await;
    }
}

/// Holds the thread for 10 ms, twenty times a second.
async fn held() {
    loop {
        thread::sleep(Duration::from_millis(10));
        sleep(Duration::from_millis(40)).await;
    }
}
// ANCHOR_END: listing
