//! Two tasks on the runtime of one thread: who was spawned first is first.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let tasks = ["a", "b"].map(|name| tokio::spawn(async move { println!("{name}") }));
    for task in tasks {
        task.await.unwrap();
    }
}
