use std::collections::BTreeMap;
use tokio::sync::RwLock;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let names = RwLock::new(BTreeMap::new());
    match names.read().await.get(&1) {
        Some(name) => println!("{name}"),
        None => {
            names.write().await.insert(1, "ada");
        }
    }
}
