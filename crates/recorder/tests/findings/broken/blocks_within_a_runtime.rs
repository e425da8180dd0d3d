use tokio::runtime::Runtime;

fn settings() -> String {
    let runtime = Runtime::new().unwrap();
    runtime.block_on(async { tokio::fs::read_to_string("/etc/hostname").await.unwrap() })
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("start");
    let text = settings();
    println!("{} bytes", text.len());
}
