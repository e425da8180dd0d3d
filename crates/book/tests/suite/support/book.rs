//! A small book of its own, with the real theme.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// The repository's root.
pub fn repository() -> PathBuf {
    pages::place::root().expect("the repository")
}

/// A part of a page that shows the book's program, `v0`.
pub const LISTING: &str =
    "<!-- recorded: v0 listing -->\n\n```rust\nfn main() {}\n```\n\n<!-- /recorded -->\n";

/// A book in a folder that goes away with it.
pub struct Book(TempDir);

impl Book {
    /// Two chapters, one of them with a diagram, and a program.
    pub fn new() -> Self {
        let book = Self(tempfile::tempdir().expect("a folder"));
        let real = repository();
        fs::copy(real.join("book.toml"), book.path("book.toml")).expect("book.toml");
        for dir in ["theme/style", "theme/script", "theme/stage", "src/assets"] {
            copy_dir(&real.join(dir), &book.path(dir));
        }
        fs::copy(real.join("theme/head.hbs"), book.path("theme/head.hbs")).expect("head.hbs");
        book.write("README.md", "# A book\n");
        book.write("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n- [Two](deep/two.md)\n");
        book.write("src/one.md", "# One\n\nThe first page.\n");
        book.write(
            "src/deep/two.md",
            "# Two\n\n```mermaid\nsequenceDiagram\n    runtime->>+main: poll\n    main-->>-runtime: Ready\n```\n",
        );
        book.write("examples/v0/main.rs", "fn main() {}\n");
        book
    }

    /// The book's folder, or what is called `name` in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, and the folders to it.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

fn copy_dir(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder of the repository") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
    }
}
