//! Two branches of one task cannot both hold a variable mutably (E0499).

use tokio::task::yield_now;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut count = 0;
    tokio::join!(
        async {
            yield_now().await;
            count += 1;
        },
        async {
            yield_now().await;
            count += 1;
        },
    );
    println!("{count}");
}
