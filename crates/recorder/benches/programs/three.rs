//! Three tasks, each of which lets the others go first three times.

#[tokio::main]
async fn main() {
    let tasks: Vec<_> = ["a", "b", "c"].map(|name| tokio::spawn(steps(name))).into();
    for task in tasks {
        task.await.unwrap();
    }
}

async fn steps(name: &str) {
    for step in 0..3 {
        println!("{name}{step}");
        tokio::task::yield_now().await;
    }
}
