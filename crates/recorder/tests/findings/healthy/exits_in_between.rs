//! The process ends while one waits for a lock that another will give back.

use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::sleep;

async fn bake(oven: &Mutex<()>, what: &str) {
    let _oven = oven.lock().await;
    println!("{what} is in");
    sleep(Duration::from_millis(40)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let oven = Mutex::new(());
    let close = async {
        sleep(Duration::from_millis(25)).await;
        println!("the bakery closes");
        std::process::exit(0)
    };
    tokio::join!(bake(&oven, "bread"), bake(&oven, "cake"), close);
}
