use std::time::Duration;
use tokio::sync::OnceCell;
use tokio::time::{sleep, timeout};

static POOL: OnceCell<u32> = OnceCell::const_new();

async fn connect() -> u32 {
    println!("connecting");
    sleep(Duration::from_millis(300)).await;
    println!("connected");
    7
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut all = Vec::new();
    for i in 0..3 {
        all.push(tokio::spawn(async move {
            let got = timeout(Duration::from_millis(100), POOL.get_or_init(connect)).await;
            println!("request {i}: {got:?}");
        }));
        sleep(Duration::from_millis(10)).await;
    }
    for one in all {
        one.await.unwrap();
    }
    println!("end");
}
