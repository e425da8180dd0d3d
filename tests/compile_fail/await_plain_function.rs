//! The result of an ordinary function cannot be awaited (E0277).

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let answer = third_party_call().await;
    println!("{answer}");
}

fn third_party_call() -> u32 {
    42
}
