//! What is to set the cell waits for a task that asks for the cell.

use std::pin::Pin;

use tokio::sync::OnceCell;

static SETTINGS: OnceCell<usize> = OnceCell::const_new();

fn settings() -> Pin<Box<dyn Future<Output = usize> + Send>> {
    Box::pin(async { *SETTINGS.get_or_init(load).await })
}

async fn load() -> usize {
    let check = tokio::spawn(async { settings().await });
    check.await.unwrap()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{}", settings().await);
}
