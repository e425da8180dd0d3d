//! The only blocking thread waits for a second call, which would need it.

use tokio::runtime::{Builder, Handle};
use tokio::task::spawn_blocking;

async fn ask() -> u32 {
    spawn_blocking(|| 20).await.unwrap()
}

fn main() {
    let runtime = Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
    runtime.block_on(async {
        let asks = spawn_blocking(|| Handle::current().block_on(ask()));
        println!("{}", asks.await.unwrap());
    });
}
