//! From one thread to another.

use std::io::{Read, Write};
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use super::tasks::one;

pub fn start_and_join(n: u64) -> Duration {
    let start = Instant::now();
    for _ in 0..n {
        thread::spawn(|| {}).join().expect("it does nothing");
    }
    start.elapsed()
}

/// Two threads take turns; one operation is one turn.
pub fn condvar(n: u64) -> Duration {
    let (turn, changed) = (Mutex::new(0u64), Condvar::new());
    let play = |mine: u64| {
        for _ in 0..n.div_ceil(2) {
            let turn = turn.lock().expect("nobody panics");
            let mut turn =
                changed.wait_while(turn, |turn| *turn % 2 != mine).expect("nobody panics");
            *turn += 1;
            changed.notify_one();
        }
    };
    let start = Instant::now();
    thread::scope(|scope| {
        scope.spawn(|| play(1));
        play(0);
    });
    start.elapsed()
}

/// One byte to and fro; one operation is one way.
pub fn pipe(n: u64) -> Duration {
    let (mut here_out, mut there_in) = std::io::pipe().expect("a pipe");
    let (mut there_out, mut here_in) = std::io::pipe().expect("a pipe");
    let rounds = n.div_ceil(2);
    let start = Instant::now();
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut byte = [0];
            for _ in 0..rounds {
                here_out.read_exact(&mut byte).expect("the other end is open");
                here_in.write_all(&byte).expect("the other end is open");
            }
        });
        let mut byte = [0];
        for _ in 0..rounds {
            there_in.write_all(&byte).expect("the other end is open");
            there_out.read_exact(&mut byte).expect("the other end is open");
        }
    });
    start.elapsed()
}

/// To and fro between two runtimes, each on a thread of its own.
pub fn channel(n: u64) -> Duration {
    let (there, mut from_here) = mpsc::channel(1);
    let (here, mut from_there) = mpsc::channel(1);
    let rounds = n.div_ceil(2);
    let other = thread::spawn(move || {
        one(async move {
            while let Some(n) = from_here.recv().await {
                if here.send(n).await.is_err() {
                    break;
                }
            }
            Duration::ZERO
        })
    });
    let took = one(async move {
        let start = Instant::now();
        for n in 0..rounds {
            there.send(n).await.expect("the other side listens");
            from_there.recv().await.expect("the other side answers");
        }
        start.elapsed()
    });
    other.join().expect("it ends when the channel closes");
    took
}
