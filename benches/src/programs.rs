//! The programs that are measured: the listings of the pages under *What it costs*.

use std::path::{Path, PathBuf};

/// Their folder in the book at `root`: `NAME/main.rs` and `NAME/main.py` each.
pub fn folder(root: &Path) -> PathBuf {
    root.join("benches/programs")
}

/// The program `name` in asyncio.
pub fn python(root: &Path, name: &str) -> PathBuf {
    folder(root).join(name).join("main.py")
}
