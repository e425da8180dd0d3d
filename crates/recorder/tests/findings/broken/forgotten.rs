use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(save());
    sleep(Duration::from_millis(100)).await;
    println!("bye");
}

async fn save() {
    for part in 1..=3 {
        sleep(Duration::from_millis(50)).await;
        println!("saved part {part}");
    }
}
