tokio::task_local! {
    static REQUEST: u32;
}

async fn log(text: &str) {
    println!("[{}] {text}", REQUEST.get());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    REQUEST
        .scope(17, async {
            log("in the handler").await;
            let job = tokio::spawn(log("in the job"));
            println!("job ok: {}", job.await.is_ok());
        })
        .await;
}
