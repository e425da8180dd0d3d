//! The channel is closed, so it answers at once, and again, and again.

use tokio::sync::{mpsc, oneshot};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (give, mut take) = mpsc::channel::<&str>(4);
    let (_stop, mut stopped) = oneshot::channel::<()>();
    tokio::spawn(async move { give.send("the last one").await.unwrap() });
    loop {
        tokio::select! {
            parcel = take.recv() => {
                if let Some(parcel) = parcel {
                    println!("got {parcel}");
                }
            }
            _ = &mut stopped => break,
        }
    }
}
