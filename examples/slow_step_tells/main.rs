//! Three requests take two steps each, and a step that takes long says so itself.
//! Watch what the second request waits for: `cargo run --example slow_step_tells`
use timed::println;

// ANCHOR: listing
use futures::future::join_all;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use tokio::time::{sleep, timeout};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    join_all((1..=3).map(answer)).await;
}

async fn answer(request: u32) {
    watched(request, "database", query(request)).await;
    watched(request, "template", sleep(Duration::from_millis(200))).await;
    println!("request {request}: answered");
}

async fn query(request: u32) {
    let seconds = if request == 2 { 3.5 } else { 0.3 };
    sleep(Duration::from_secs_f64(seconds)).await;
}

/// Gives what the step gives, and says each second that it is not there yet.
async fn watched<F: Future>(request: u32, step: &str, future: F) -> F::Output {
    let mut future = pin!(future);
    for seconds in 1.. {
        match timeout(Duration::from_secs(1), &mut future).await {
            Ok(value) => return value,
            Err(_) => println!("request {request}: {seconds} s for the {step}"),
        }
    }
    unreachable!("there is always one second more")
}
// ANCHOR_END: listing
