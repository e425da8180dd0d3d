//! Five files are read one after the other.
//! Watch who does the reading: `cargo run --example files_in_turn`
use timed::println;

// ANCHOR: listing
use std::path::PathBuf;
use tokio::fs;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = make_files().await;
    let mut bytes = 0;
    for i in 0..5 {
        bytes += fs::read(folder.join(i.to_string())).await.unwrap().len();
        println!("read {i}");
    }
    println!("5 files, {bytes} bytes");
    fs::remove_dir_all(folder).await.unwrap();
}

async fn make_files() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("files_in_turn_{}", std::process::id()));
    fs::create_dir(&folder).await.unwrap();
    for i in 0..5 {
        fs::write(folder.join(i.to_string()), "x".repeat(1000 * i)).await.unwrap();
    }
    folder
}
// ANCHOR_END: listing
