//! The programs that are measured: the listings of the pages under *What it costs*.

use std::path::{Path, PathBuf};

/// Their folder in the book at `root`: `NAME/main.rs` and `NAME/main.py` each.
pub fn folder(root: &Path) -> PathBuf {
    root.join("benches/programs")
}

/// The examples of the book whose pages say how long they take: three waits, and
/// two computations, one way and another.
pub const WAYS: [&str; 6] = [
    "waiting_in_tasks",
    "waiting_in_threads",
    "waiting_in_processes",
    "computing_in_turn",
    "computing_in_threads",
    "computing_in_processes",
];

/// The example `name` of the book at `root` in Python.
pub fn example(root: &Path, name: &str) -> PathBuf {
    root.join("examples").join(name).join("main.py")
}

/// The program `name` in asyncio.
pub fn python(root: &Path, name: &str) -> PathBuf {
    folder(root).join(name).join("main.py")
}
