//! A file that is to be changed: shown as a diff, or written in one go.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use similar::TextDiff;

use crate::staging;

/// The most lines of a diff that are shown.
const LINES: usize = 60;

/// A file that is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file, below the book's root.
    pub path: PathBuf,
    /// What it says now; empty if it does not exist.
    pub old: String,
    /// What it is to say.
    pub new: String,
    /// The examples because of which it changes.
    pub because: Vec<String>,
}

impl Change {
    /// What changes, as a unified diff; of a long one the beginning.
    pub fn diff(&self) -> String {
        let path = self.path.display().to_string();
        let diff = TextDiff::from_lines(&self.old, &self.new);
        let diff = diff.unified_diff().context_radius(2).header(&path, &path).to_string();
        let lines = diff.lines().count();
        let mut shown: String = diff.split_inclusive('\n').take(LINES).collect();
        if lines > LINES {
            let _ = writeln!(shown, "… {} more lines of this diff", lines - LINES);
        }
        shown
    }

    /// Writes the file below `root`, all of it or nothing.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written to; the file is then as it was.
    pub fn write(&self, root: &Path) -> Result<()> {
        let path = root.join(&self.path);
        let folder = path.parent().context("a file is in a folder")?;
        let write = || -> Result<()> {
            fs::create_dir_all(folder)?;
            let mut file = staging::file_in(folder)?;
            file.write_all(self.new.as_bytes())?;
            file.persist(&path)?;
            Ok(())
        };
        write().with_context(|| format!("cannot write {}", path.display()))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn change(old: &str, new: &str) -> Change {
        Change { path: "src/a.md".into(), old: old.into(), new: new.into(), because: vec![] }
    }

    #[test]
    fn a_diff_names_the_file_and_is_cut_when_long() {
        let diff = change("a\nb\n", "a\nc\n").diff();
        assert_eq!(diff, "--- src/a.md\n+++ src/a.md\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
        let diff = change("", &"x\n".repeat(100)).diff();
        assert_eq!(diff.lines().count(), LINES + 1);
        assert!(diff.ends_with("… 43 more lines of this diff\n"), "{diff}");
    }

    #[test]
    fn a_file_is_written_whole_with_the_usual_permissions() {
        let root = tempfile::tempdir().unwrap();
        change("", "new\n").write(root.path()).unwrap();
        let path = root.path().join("src/a.md");
        assert_eq!(fs::read_to_string(&path).unwrap(), "new\n");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o600, 0o600);
        assert_eq!(fs::read_dir(root.path().join("src")).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_a_file_is_an_error_that_names_the_path() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("src"), "").unwrap();
        let error = change("", "new\n").write(root.path()).unwrap_err();
        assert!(format!("{error:#}").contains("src/a.md"), "{error:#}");
    }
}
