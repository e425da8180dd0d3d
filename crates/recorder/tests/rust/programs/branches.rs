//! Branches within one task.
use std::time::Duration;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (a, b) = tokio::join!(after(2), after(1));
    println!("joined {a} {b}");
    let both = tokio::join!(after(1), after(1),);
    println!("{both:?}");
    let failed = tokio::try_join!(fails(1), never());
    println!("{failed:?}");

    let slow = sleep(Duration::from_secs(3));
    tokio::pin!(slow);
    let mut rounds = 0;
    loop {
        tokio::select! {
            biased;
            n = after(2), if rounds == 0 => {
                println!("selected {n}");
                rounds += 1;
            }
            Some(n) = async { None::<u32> } => println!("never {n}"),
            () = &mut slow => break,
        }
    }
    let disabled = tokio::select! {
        n = after(1), if false => n,
        else => 0,
    };
    println!("{disabled}");
    tokio::select! {
        _ = after(1) => {}
    };
}

async fn after(seconds: u64) -> u64 {
    sleep(Duration::from_secs(seconds)).await;
    seconds
}

async fn fails(seconds: u64) -> Result<u64, String> {
    after(seconds).await;
    Err("failed".to_owned())
}

async fn never() -> Result<u64, String> {
    after(1000).await;
    Ok(0)
}
