//! Splits in two; the child is no part of the record.
unsafe extern "C" {
    fn fork() -> i32;
    fn wait(status: *mut i32) -> i32;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("before");
    if unsafe { fork() } == 0 {
        println!("in the child");
        std::process::exit(0);
    }
    unsafe { wait(std::ptr::null_mut()) };
    println!("after");
}
