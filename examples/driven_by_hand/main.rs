//! An async function runs without any runtime: a plain loop drives it.
//! Watch what it takes to get from `foo` to `bar`: `cargo run --example driven_by_hand`
use timed::println;

// ANCHOR: listing
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

fn main() {
    let mut future = pin!(foo());
    let mut context = Context::from_waker(Waker::noop());
    loop {
        println!("go on");
        match future.as_mut().poll(&mut context) {
            Poll::Pending => println!("not ready"),
            Poll::Ready(value) => {
                println!("ready: {value}");
                break;
            }
        }
    }
}

async fn foo() -> u32 {
    println!("foo");
    futures::pending!();
    println!("bar");
    42
}
// ANCHOR_END: listing
