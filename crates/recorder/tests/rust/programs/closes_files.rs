//! Closes all files but the first three, as a daemon does, and opens others,
//! which get their numbers: they are the program's alone.

use std::fs;
use std::io::Write;

unsafe extern "C" {
    fn close(fd: i32) -> i32;
    fn close_range(first: u32, last: u32, flags: i32) -> i32;
}

#[tokio::main(flavor = "current_thread")]
async fn works(mut files: Vec<fs::File>) {
    let task = tokio::spawn(async { println!("in a task") });
    task.await.unwrap();
    files[0].write_all(b"mine").unwrap();
    let sizes: Vec<u64> = files.iter().map(|file| file.metadata().unwrap().len()).collect();
    println!("{sizes:?}");
}

fn main() {
    let folder = std::env::temp_dir().join(format!("closes-files-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    let files = || (0..4).map(|n| fs::File::create(folder.join(format!("{n}"))).unwrap()).collect();
    (3..64).for_each(|fd| drop(unsafe { close(fd) }));
    println!("some");
    let some: Vec<fs::File> = files();
    drop(some);
    assert_eq!(unsafe { close_range(3, u32::MAX, 0) }, 0);
    works(files());
    // One where the recorder's own was.
    unsafe extern "C" {
        fn dup2(from: i32, to: i32) -> i32;
    }
    let file = fs::File::create(folder.join("high")).unwrap();
    for fd in 1000..1010 {
        unsafe { dup2(std::os::fd::AsRawFd::as_raw_fd(&file), fd) };
    }
    println!("on");
    println!("{}", file.metadata().unwrap().len());
    fs::remove_dir_all(folder).unwrap();
}
