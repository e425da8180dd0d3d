use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::task::spawn_blocking(|| {
        std::thread::sleep(Duration::from_secs(2));
        println!("done at last");
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    println!("bye");
}
