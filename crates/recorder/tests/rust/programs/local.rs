//! Tasks that stay on their thread.
use std::rc::Rc;
use std::time::Duration;
use tokio::runtime::{Builder, LocalRuntime};
use tokio::task::{LocalSet, spawn_local};
use tokio::time::sleep;

fn main() {
    let rt = Builder::new_current_thread().enable_all().build().unwrap();
    let set = LocalSet::new();
    let shared = Rc::new(5);
    set.spawn_local(show("blocked on", shared.clone()));
    set.block_on(&rt, sleeper());
    rt.block_on(with_set(shared.clone()));
    LocalRuntime::new().unwrap().block_on(async move {
        spawn_local(show("local runtime", shared)).await.unwrap();
    });
}

async fn with_set(shared: Rc<u32>) {
    let set = LocalSet::new();
    set.run_until(async {
        let task = spawn_local(show("run until", shared));
        println!("spawned");
        task.await.unwrap();
    })
    .await;
    set.spawn_local(sleeper());
    set.await;
}

async fn show(name: &str, shared: Rc<u32>) {
    println!("{name} {shared}");
}

async fn sleeper() {
    sleep(Duration::from_secs(1)).await;
}
