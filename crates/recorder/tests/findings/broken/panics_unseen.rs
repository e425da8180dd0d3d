use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(parse("seven"));
    sleep(Duration::from_millis(10)).await;
    println!("all is well");
}

async fn parse(text: &str) {
    let n: u32 = text.parse().expect("a number");
    println!("{n}");
}
