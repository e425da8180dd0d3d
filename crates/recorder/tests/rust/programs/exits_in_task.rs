//! A task ends the process.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let task = tokio::spawn(async {
        print!("last words");
        std::process::exit(3);
    });
    task.await.unwrap();
}
