//! The table is laid for four, and three come.

use tokio::sync::Barrier;

async fn guest(table: &Barrier, name: &str) {
    println!("{name} is there");
    table.wait().await;
    println!("{name} eats");
}

static TABLE: std::sync::LazyLock<Barrier> = std::sync::LazyLock::new(|| Barrier::new(4));

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let guests = ["Ada", "Ben", "Cy"].map(|name| tokio::spawn(guest(&TABLE, name)));
    for guest in guests {
        guest.await.unwrap();
    }
}
