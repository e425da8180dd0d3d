//! `await` in an ordinary function is refused by the compiler (E0728).

use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    wrong_main();
}

fn wrong_main() {
    sleep(Duration::from_secs(1)).await;
    println!("Hello, World!");
}
