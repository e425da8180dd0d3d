//! As many resources are opened as a list says, and closed in reverse, the last first.
//! Watch the order: `cargo run --example closed_in_reverse`
use timed::println;

// ANCHOR: listing
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut open = Vec::new();
    for name in ["database", "cache", "log"] {
        open.push(Resource::open(name).await);
    }
    println!("at work with {}", open.len());
    while let Some(resource) = open.pop() {
        resource.close().await;
    }
}

struct Resource(&'static str);

impl Resource {
    async fn open(name: &'static str) -> Self {
        sleep(Duration::from_secs(1)).await;
        println!("{name}: open");
        Resource(name)
    }

    async fn close(self) {
        sleep(Duration::from_secs(1)).await;
        println!("{}: closed", self.0);
    }
}
// ANCHOR_END: listing
