use tokio::runtime::{Builder, Handle};

fn ask(handle: &Handle) -> u32 {
    handle.block_on(async { tokio::spawn(async { 42 }).await.unwrap() })
}

fn main() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    println!("{}", ask(runtime.handle()));
}
