//! Who prints, sleeps and panics outside every task.

use std::thread;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn run() {
    println!("a task");
    let call = || {
        println!("a call");
        let named = thread::Builder::new().name("my thread".to_owned());
        let named = named.spawn(|| panic!("no answer")).unwrap();
        named.join().unwrap_err();
        thread::spawn(|| println!("a thread")).join().unwrap();
    };
    tokio::task::spawn_blocking(call).await.unwrap();
}

fn main() {
    println!("before");
    run();
    thread::sleep(Duration::from_millis(10));
}
