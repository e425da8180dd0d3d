use tokio::sync::{mpsc, oneshot};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel::<(u32, oneshot::Sender<u32>)>(4);
    let actor = tokio::spawn(async move {
        while let Some((n, reply)) = rx.recv().await {
            if n == 13 {
                println!("actor gives up");
                return;
            }
            reply.send(n * 2).unwrap();
        }
    });
    let asker = tokio::spawn(async move {
        for n in 12..15 {
            let (reply, answer) = oneshot::channel();
            tx.send((n, reply)).await.unwrap();
            println!("{n} -> {}", answer.await.unwrap());
        }
    });
    if asker.await.is_err() {
        println!("asker failed");
    }
    actor.await.unwrap();
}
