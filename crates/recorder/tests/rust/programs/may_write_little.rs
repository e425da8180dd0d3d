//! Lets no file grow, as on a full disk, and goes on printing.

unsafe extern "C" {
    fn signal(signal: i32, handler: usize) -> usize;
    fn setrlimit(resource: i32, limit: *const [u64; 2]) -> i32;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("before");
    unsafe {
        // SIGXFSZ is ignored: a write fails.
        signal(25, 1);
        setrlimit(1, &[1, 1]);
    }
    // More than there may be room for already.
    for n in 0..2000 {
        println!("{n:0>1000}");
    }
}
