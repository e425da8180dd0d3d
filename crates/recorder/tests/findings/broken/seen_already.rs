//! Who subscribes has seen the value that is there, and waits for the next.

use tokio::sync::watch;

async fn open(mut door: watch::Receiver<bool>) {
    println!("waiting at the door");
    door.changed().await.unwrap();
    println!("open: {}", *door.borrow());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let door = watch::Sender::new(false);
    door.send_replace(true);
    let guest = tokio::spawn(open(door.subscribe()));
    guest.await.unwrap();
}
