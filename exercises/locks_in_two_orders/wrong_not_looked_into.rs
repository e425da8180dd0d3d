use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (ann, bob) = (Mutex::new(1000), Mutex::new(1000));
    tokio::join!(pay_rent(&ann, &bob), pay_repair(&ann, &bob));
}

async fn pay_rent(ann: &Mutex<i32>, bob: &Mutex<i32>) {
    let mut ann = ann.lock().await;
    let mut bob = bob.lock().await;
    (*ann, *bob) = (*ann - 500, *bob + 500);
    println!("rent: paid");
}

async fn pay_repair(ann: &Mutex<i32>, bob: &Mutex<i32>) {
    let mut bob = bob.lock().await;
    look_into_it().await;
    let mut ann = ann.lock().await;
    (*bob, *ann) = (*bob - 80, *ann + 80);
    println!("repair: paid");
}

async fn look_into_it() {
    sleep(Duration::from_millis(100)).await;
}
