//! Which of two timers fires first, on the clock of the machine and on tokio's own
//! paused one; the order of setting decides between those of one tick.
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval, interval_at, sleep, sleep_until, timeout};

const US: [u64; 12] =
    [0, 1, 1_000, 999, 1_500, 2_000, 15_000, 14_500, 99_500, 100_000, 100_500, 99_999];

async fn table() {
    let start = Instant::now();
    let mut tasks = Vec::new();
    for us in US {
        tasks.push(tokio::spawn(async move {
            sleep(Duration::from_micros(us)).await;
            println!("sleep of {us} us");
        }));
        tasks.push(tokio::spawn(async move {
            sleep_until(start + Duration::from_micros(us)).await;
            println!("sleep until {us} us");
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

async fn many_against_one(times: u32, each: u64, one: u64) {
    let many = tokio::spawn(async move {
        for _ in 0..times {
            sleep(Duration::from_millis(each)).await;
        }
        println!("{times} sleeps of {each} ms");
    });
    let one = tokio::spawn(async move {
        sleep(Duration::from_millis(one)).await;
        println!("one of {one} ms");
    });
    many.await.unwrap();
    one.await.unwrap();
}

async fn at_once() {
    for round in 0..3 {
        let other = tokio::spawn(async move { println!("other {round}") });
        match round {
            0 => drop(interval(Duration::from_millis(10)).tick().await),
            1 => sleep_until(Instant::now() - Duration::from_millis(3)).await,
            _ => println!("{:?}", timeout(Duration::ZERO, std::future::pending::<()>()).await),
        }
        println!("main {round}");
        other.await.unwrap();
    }
    sleep(Duration::from_nanos(1)).await;
}

async fn ticks(behavior: MissedTickBehavior) {
    let first = Instant::now() + Duration::from_millis(20);
    let mut interval = interval_at(first, Duration::from_millis(20));
    interval.set_missed_tick_behavior(behavior);
    let mut other = tokio::time::interval(Duration::from_millis(7));
    let mut ticks = Vec::new();
    for n in 0..6 {
        let at = interval.tick().await - first;
        ticks.push(at.as_millis() / 10 * 10);
        if n == 1 {
            std::thread::sleep(Duration::from_millis(50));
        }
        other.tick().await;
    }
    println!("{behavior:?}: {ticks:?}");
}

async fn all() {
    table().await;
    many_against_one(15, 1, 15).await;
    many_against_one(10, 1, 15).await;
    many_against_one(10, 10, 105).await;
    many_against_one(5, 20, 100).await;
    at_once().await;
    for behavior in [MissedTickBehavior::Burst, MissedTickBehavior::Delay, MissedTickBehavior::Skip] {
        ticks(behavior).await;
    }
}

fn main() {
    for paused in [false, true] {
        println!("paused: {paused}");
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().start_paused(paused).build().unwrap().block_on(all());
    }
}
