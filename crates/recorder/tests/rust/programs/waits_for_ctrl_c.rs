//! Nothing but a wait for a signal.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::signal::ctrl_c().await.unwrap();
}
