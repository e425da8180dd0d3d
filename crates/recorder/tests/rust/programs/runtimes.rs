//! Runtimes built by hand, one after the other, and a `main` with a result.
use std::error::Error;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

fn main() -> Result<(), Box<dyn Error>> {
    println!("before");
    let rt = Builder::new_current_thread().enable_time().build()?;
    rt.block_on(first());
    rt.block_on(second());
    drop(rt);
    println!("between");
    let rt = Runtime::new()?;
    let handle = rt.handle().clone();
    rt.block_on(async {
        handle.spawn(left_behind());
        sleep(Duration::from_secs(1)).await;
        let flavor = tokio::runtime::Handle::current().runtime_flavor();
        println!("{flavor:?} {}", tokio::task::block_in_place(|| 3));
    });
    rt.shutdown_background();
    let mute = Builder::new_current_thread().build()?;
    mute.block_on(async { println!("no drivers") });
    Ok(())
}

async fn first() {
    sleep(Duration::from_secs(1)).await;
    println!("first");
}

async fn second() {
    println!("second");
}

async fn left_behind() {
    sleep(Duration::from_secs(60)).await;
}
