#[tokio::main(flavor = "current_thread")]
async fn main() {
    let sums = [1, 2, 3].map(|n| tokio::spawn(sum(n)));
    for sum in sums {
        println!("{}", sum.await.unwrap());
    }
}

async fn sum(n: u64) -> u64 {
    let mut sum = 0;
    for i in 0..500 {
        sum += i * n;
        tokio::task::yield_now().await;
    }
    sum
}
