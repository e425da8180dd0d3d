//! It takes many messages one after the other, with a turn given away now and then.

use tokio::sync::{mpsc, oneshot};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (give, mut take) = mpsc::unbounded_channel();
    (0..12_000).for_each(|n| give.send(n).unwrap());
    drop(give);
    let (_stop, mut stopped) = oneshot::channel::<()>();
    let mut sum = 0_u64;
    loop {
        tokio::select! {
            parcel = take.recv() => match parcel {
                Some(n) => sum += n,
                None => break,
            },
            _ = &mut stopped => break,
        }
    }
    println!("{sum}");
}
