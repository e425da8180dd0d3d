//! Another executor's `block_on` within a task: when the task's budget is used
//! up, nobody gives it a new one.

fn look_up(i: u32) -> u32 {
    let looks = async move { tokio::task::spawn_blocking(move || i).await.unwrap() };
    futures::executor::block_on(looks)
}

#[tokio::main]
async fn main() {
    for i in 0..1_000 {
        look_up(i);
    }
}
