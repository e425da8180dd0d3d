//! Starts a runtime, does nothing in it, and ends: what is left is the start-up.
//! `cargo build --release --example empty_main; time target/release/examples/empty_main`

// ANCHOR: listing
#[tokio::main(flavor = "current_thread")]
async fn main() {}
// ANCHOR_END: listing
