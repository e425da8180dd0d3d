use tokio::task::JoinSet;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut set = JoinSet::new();
    set.spawn(std::future::pending::<()>());
    set.spawn_blocking(|| ());
    set.abort_all();
    while let Some(end) = set.join_next().await {
        match end {
            Ok(()) => println!("done"),
            Err(error) => println!("cancelled: {}", error.is_cancelled()),
        }
    }
    println!("empty");
}
