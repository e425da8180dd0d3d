//! What is local to a task is not there in the tasks that it spawns.

use tokio::task_local;

task_local!(static USER: &'static str);

async fn greet() {
    println!("hello {}", USER.get());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let both = async {
        greet().await;
        tokio::spawn(greet()).await.is_ok()
    };
    println!("greeted twice: {}", USER.scope("Ada", both).await);
}
