//! A library without `async` brings a runtime of its own, and is called from a task.

fn version() -> u32 {
    let own = tokio::runtime::Builder::new_current_thread().build().unwrap();
    own.block_on(async { 3 })
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("version {}", version());
}
