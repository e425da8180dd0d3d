use tokio::task::JoinSet;

fn start_saving() {
    let mut set = JoinSet::new();
    for n in 0..3 {
        set.spawn(async move { println!("saved {n}") });
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    start_saving();
    tokio::task::yield_now().await;
    println!("end");
}
