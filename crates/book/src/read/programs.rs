//! The programs as they were when they were last known to be recorded.
//!
//! Saving a file is no change: only another text is one, and putting the old
//! text back takes it back.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The texts of the programs below one folder.
pub struct Programs {
    folder: PathBuf,
    known: HashMap<String, Texts>,
}

/// `main.rs` and `main.py`, where there are any.
type Texts = [Option<Vec<u8>>; 2];

impl Programs {
    /// The programs of the book at `root`, all of them taken as recorded.
    pub fn of(root: &Path) -> Self {
        let folder = root.join("examples");
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let known =
            names.map(|name| (texts(&folder, &name), name)).map(|(texts, name)| (name, texts));
        Self { known: known.collect(), folder }
    }

    /// Whether the program of this name is another than the one recorded.
    pub fn changed(&self, name: &str) -> bool {
        self.known.get(name) != Some(&texts(&self.folder, name))
    }

    /// The program of this name was recorded as it is now.
    pub fn recorded(&mut self, name: &str) {
        self.known.insert(name.to_owned(), texts(&self.folder, name));
    }
}

fn texts(folder: &Path, name: &str) -> Texts {
    ["main.rs", "main.py"].map(|file| fs::read(folder.join(name).join(file)).ok())
}
