use tokio::sync::mpsc::{self, OwnedPermit, Permit, Sender};
struct Slot {
    permit: Option<OwnedPermit<u32>>,
}
impl Slot {
    fn put(&mut self, n: u32) -> Option<Sender<u32>> {
        self.permit.take().map(|p| p.send(n))
    }
}
async fn one<'a>(tx: &'a Sender<u32>) -> Permit<'a, u32> {
    tx.reserve().await.unwrap()
}
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel(2);
    one(&tx).await.send(0);
    let mut s = Slot { permit: Some(tx.reserve_owned().await.unwrap()) };
    let tx = s.put(1);
    println!("{}", tx.is_some());
    drop(tx);
    while let Some(n) = rx.recv().await {
        println!("{n}");
    }
}
