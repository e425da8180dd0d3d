//! Where the book is: every command works from any folder inside the
//! repository, and under `cargo run --manifest-path` from outside it too.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The book's folder, the one that holds `book.toml` and `src/SUMMARY.md`.
///
/// Looks upward from the working directory, then from the package that cargo
/// runs (`CARGO_MANIFEST_DIR`).
///
/// # Errors
///
/// If neither way leads to a book.
pub fn root() -> Result<PathBuf> {
    let here = env::current_dir().context("the working directory is gone")?;
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    [Some(here.clone()), package].into_iter().flatten().find_map(|from| above(&from)).with_context(
        || {
            format!(
                "no book.toml in {} or above it: run this inside the repository",
                here.display()
            )
        },
    )
}

fn above(from: &Path) -> Option<PathBuf> {
    from.ancestors().find(|dir| is_book(dir)).map(Path::to_owned)
}

fn is_book(dir: &Path) -> bool {
    dir.join("book.toml").is_file() && dir.join("src/SUMMARY.md").is_file()
}
