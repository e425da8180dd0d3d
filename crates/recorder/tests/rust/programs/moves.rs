//! A task is woken on a thread that is then held until the task has gone on:
//! it has to go on on another.
use std::sync::mpsc;
use tokio::sync::oneshot;

#[tokio::main(worker_threads = 2)]
async fn main() {
    tokio::spawn(mover()).await.unwrap();
    println!("moved");
}

async fn mover() {
    for _ in 0..20 {
        let (go, gone) = oneshot::channel();
        let (done, is_done) = mpsc::channel();
        let holder = tokio::spawn(hold(go, is_done));
        gone.await.unwrap();
        done.send(()).unwrap();
        holder.await.unwrap();
    }
}

async fn hold(go: oneshot::Sender<()>, is_done: mpsc::Receiver<()>) {
    go.send(()).unwrap();
    // Takes the place in the worker's queue that no other worker takes from.
    tokio::spawn(async {});
    is_done.recv().unwrap();
}
