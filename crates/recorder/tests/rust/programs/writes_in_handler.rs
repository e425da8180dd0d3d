//! A signal's handler calls write(2) and nothing else, whatever it interrupts.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

static TICKS: AtomicU32 = AtomicU32::new(0);

#[repr(C)]
struct Time(i64, i64);

unsafe extern "C" {
    fn write(fd: i32, from: *const u8, bytes: usize) -> isize;
    fn signal(signal: i32, handler: usize) -> usize;
    fn setitimer(which: i32, new: *const [Time; 2], old: *mut [Time; 2]) -> i32;
}

extern "C" fn tick(_: i32) {
    TICKS.fetch_add(1, Relaxed);
    unsafe { write(2, b"tick\n".as_ptr(), 5) };
}

fn every(microseconds: i64) {
    let time = [Time(0, microseconds), Time(0, microseconds)];
    unsafe { setitimer(0, &time, std::ptr::null_mut()) };
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let before = unsafe { signal(14, tick as *const () as usize) };
    every(200);
    for line in 0..3000 {
        println!("line {line}");
        std::hint::black_box(vec![0_u8; line % 5000]);
    }
    // On a slow machine as on a fast one.
    while TICKS.load(Relaxed) == 0 {
        std::hint::black_box(vec![0_u8; 100]);
    }
    every(0);
    // Who asks is told of the program's own handler.
    let own = unsafe { signal(14, before) } == tick as *const () as usize;
    println!("done {own}");
}
