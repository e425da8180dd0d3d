//! Five files are read all together.
//! Watch who does the reading: `cargo run --example files_together`
use timed::println;

// ANCHOR: listing
use futures::future::try_join_all;
use std::path::PathBuf;
use tokio::fs;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = make_files().await;
    let reads = (0..5).map(|i| fs::read(folder.join(i.to_string())));
    let contents = try_join_all(reads).await.unwrap();
    let bytes: usize = contents.iter().map(Vec::len).sum();
    println!("5 files, {bytes} bytes");
    fs::remove_dir_all(folder).await.unwrap();
}

async fn make_files() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("files_together_{}", std::process::id()));
    fs::create_dir(&folder).await.unwrap();
    for i in 0..5 {
        fs::write(folder.join(i.to_string()), "x".repeat(1000 * i)).await.unwrap();
    }
    folder
}
// ANCHOR_END: listing
