use tokio::sync::mpsc;
use tokio::task::JoinHandle;

struct Pool {
    tx: Vec<mpsc::UnboundedSender<u32>>,
    done: Vec<JoinHandle<u32>>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut pool = Pool { tx: vec![], done: vec![] };
    for _ in 0..3 {
        let (tx, mut rx) = mpsc::unbounded_channel();
        pool.tx.push(tx);
        pool.done.push(tokio::spawn(async move {
            let mut sum = 0;
            while let Some(n) = rx.recv().await {
                sum += n;
            }
            sum
        }));
    }
    for n in 0..9u32 {
        pool.tx[n as usize % 3].send(n).unwrap();
    }
    for one in pool.done {
        println!("sum {}", one.await.unwrap());
    }
}
