//! Calls libc with nothing, with lengths of nothing, with times that are none
//! and with pointers that lead nowhere, and prints what comes of it.

use std::ptr::{null, null_mut};

#[repr(C)]
struct Time(i64, i64);
#[repr(C)]
struct Part(*const u8, usize);

unsafe extern "C" {
    fn write(fd: i32, from: *const u8, bytes: usize) -> isize;
    fn writev(fd: i32, parts: *const Part, count: i32) -> isize;
    fn getrandom(to: *mut u8, bytes: usize, flags: u32) -> isize;
    fn nanosleep(time: *const Time, left: *mut Time) -> i32;
    fn clock_nanosleep(clock: i32, flags: i32, time: *const Time, left: *mut Time) -> i32;
    fn connect(fd: i32, address: *const u8, bytes: u32) -> i32;
    fn syscall(number: i64, ...) -> i64;
    fn __errno_location() -> *mut i32;
}

fn says(what: &str, call: impl FnOnce() -> i64) {
    unsafe { *__errno_location() = 0 };
    let result = call();
    let error = unsafe { *__errno_location() };
    println!("{what}: {result}, {error}");
}

const NOWHERE: *const u8 = 8 as *const u8;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let text = b"text\n";
    unsafe {
        says("write nothing", || write(1, null(), 0) as i64);
        says("write null", || write(1, null(), 5) as i64);
        says("write from nowhere", || write(1, NOWHERE, 5) as i64);
        says("write text", || write(1, text.as_ptr(), 5) as i64);
        let parts = [Part(null(), 0), Part(text.as_ptr(), 5)];
        says("writev", || writev(1, parts.as_ptr(), 2) as i64);
        says("writev none", || writev(1, null(), 0) as i64);
        says("writev less", || writev(1, parts.as_ptr(), -1) as i64);
        says("writev many", || writev(1, parts.as_ptr(), 5000) as i64);
        says("writev of nowhere", || writev(1, NOWHERE.cast(), 2) as i64);
        let half = [Part(text.as_ptr(), 5), Part(NOWHERE, 5)];
        says("writev half", || writev(1, half.as_ptr(), 2) as i64);
        says("random nothing", || getrandom(null_mut(), 0, 0) as i64);
        says("random to nowhere", || getrandom(NOWHERE.cast_mut(), 8, 0) as i64);
        says("random how", || getrandom([0; 8].as_mut_ptr(), 8, 0x80) as i64);
        says("random", || getrandom([0; 8].as_mut_ptr(), 8, 0) as i64);
        for (seconds, nanoseconds) in [(0, 2_000_000_000), (-5, 0), (0, -1), (0, 1)] {
            let time = Time(seconds, nanoseconds);
            says("sleep", || nanosleep(&time, null_mut()).into());
            says("sleep by a clock", || clock_nanosleep(1, 0, &time, null_mut()).into());
        }
        says("sleep null", || nanosleep(null(), null_mut()).into());
        says("sleep nowhere", || nanosleep(NOWHERE.cast(), null_mut()).into());
        says("no clock", || clock_nanosleep(99, 0, &Time(0, 1), null_mut()).into());
        says("connect nowhere", || connect(-1, NOWHERE, 16).into());
        says("connect null", || connect(0, null(), 16).into());
        #[cfg(target_arch = "x86_64")]
        {
            let wait = |word: *const u8, time: *const Time| syscall(202, word, 0, 1_u32, time);
            let word = 2_u32;
            says("futex nowhere", || wait(NOWHERE, null()));
            says("futex crooked", || wait((&raw const word).cast::<u8>().add(1), null()));
            says("futex other", || wait((&raw const word).cast(), null()));
        }
    }
}
