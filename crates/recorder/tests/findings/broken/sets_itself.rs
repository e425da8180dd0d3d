use tokio::sync::OnceCell;

struct Config {
    port: OnceCell<u32>,
}

impl Config {
    async fn port(&self) -> u32 {
        *self.port.get_or_init(|| async { Box::pin(self.port()).await }).await
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{}", Config { port: OnceCell::new() }.port().await);
}
