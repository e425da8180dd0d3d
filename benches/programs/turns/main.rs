//! Two tasks give each other a turn, over and over: nothing but switches, the
//! most that there is to record. Prints how many.
//!
//! cargo run -p programs --example turns

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let a = tokio::spawn(turns(100_000));
    let b = tokio::spawn(turns(100_000));
    println!("{}", a.await.unwrap() + b.await.unwrap());
}

async fn turns(n: u32) -> u32 {
    let mut done = 0;
    for _ in 0..n {
        tokio::task::yield_now().await;
        done += 1;
    }
    done
}
