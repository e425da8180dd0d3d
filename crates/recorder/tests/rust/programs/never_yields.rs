//! A task keeps the thread for ever.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("start");
    tokio::spawn(async { println!("never") });
    let mut n = 0_u64;
    loop {
        n = std::hint::black_box(n.wrapping_add(1));
    }
}
