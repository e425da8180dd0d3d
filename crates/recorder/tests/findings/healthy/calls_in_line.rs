//! Three calls take turns on the only blocking thread.

use std::time::Duration;

use tokio::runtime::Builder;
use tokio::task::spawn_blocking;

fn main() {
    let runtime = Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
    runtime.block_on(async {
        let call = |n: u32| {
            spawn_blocking(move || {
                std::thread::sleep(Duration::from_millis(50));
                n
            })
        };
        for call in [call(1), call(2), call(3)] {
            println!("{}", call.await.unwrap());
        }
    });
}
