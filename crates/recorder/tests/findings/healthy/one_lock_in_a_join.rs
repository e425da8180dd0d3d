use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::sleep;

async fn step(who: &str, lock: &Mutex<u32>) {
    let mut n = lock.lock().await;
    sleep(Duration::from_millis(20)).await;
    *n += 1;
    println!("{who} {n}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let lock = Mutex::new(0);
    tokio::join!(step("a", &lock), step("b", &lock));
    println!("end");
}
