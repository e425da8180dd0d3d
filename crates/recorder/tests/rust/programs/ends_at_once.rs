//! Ends without what is done at a program's end.

unsafe extern "C" {
    fn _exit(status: i32) -> !;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("before");
    unsafe { _exit(3) };
}
