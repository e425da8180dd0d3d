//! Asks who it talks to, and finds nobody.
use std::io::{Read, stdin};
use tokio::io::AsyncReadExt;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut line = String::new();
    println!("read {:?}", stdin().read_line(&mut line).unwrap());
    let mut all = Vec::new();
    println!("read {:?}", stdin().read_to_end(&mut all).unwrap());
    println!("read {:?}", tokio::io::stdin().read_to_end(&mut all).await.unwrap());
}
