//! A file that is to be changed: shown as a diff, or written in one go.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::slice;

use anyhow::{Context, Result, bail};
use similar::TextDiff;
use tempfile::NamedTempFile;

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
        write_all(root, slice::from_ref(self))
    }

    /// The file as it is to be, beside the one that it is to replace.
    fn prepare(&self, root: &Path) -> Result<Prepared> {
        let path = root.join(&self.path);
        let folder = path.parent().context("a file is in a folder")?;
        let prepare = || -> Result<_> {
            fs::create_dir_all(folder)?;
            let (mut file, lock) = staging::file_in(folder)?;
            file.write_all(self.new.as_bytes())?;
            Ok((file, lock))
        };
        let (file, lock) = prepare().with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Prepared { file, path, _lock: lock })
    }

    /// The file is as it was before [`write_all`].
    fn take_back(&self, root: &Path) -> Result<()> {
        let path = root.join(&self.path);
        if self.old.is_empty() {
            fs::remove_file(&path)?;
            return Ok(());
        }
        Change { new: self.old.clone(), ..self.clone() }.prepare(root)?.put()
    }
}

/// A file that only has to be given its name.
struct Prepared {
    file: NamedTempFile,
    path: PathBuf,
    _lock: Option<File>,
}

impl Prepared {
    fn put(self) -> Result<()> {
        let path = &self.path;
        self.file.persist(path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(())
    }
}

/// Writes all files below `root`, or none: each is laid beside its place before
/// the first is put there.
///
/// # Errors
///
/// Every file that cannot be written; all are then as they were.
pub fn write_all(root: &Path, changes: &[Change]) -> Result<()> {
    let (mut prepared, mut errors) = (Vec::new(), Vec::new());
    for change in changes {
        match change.prepare(root) {
            Ok(file) => prepared.push(file),
            Err(error) => errors.push(format!("{error:#}")),
        }
    }
    let mut left = prepared.into_iter();
    if errors.is_empty() {
        for (done, file) in left.by_ref().enumerate() {
            let Err(error) = file.put() else { continue };
            errors.push(format!("{error:#}"));
            for change in changes[..done].iter().rev() {
                if let Err(error) = change.take_back(root) {
                    let path = change.path.display();
                    errors.push(format!("cannot take back {path}: {error:#}"));
                }
            }
            break;
        }
    }
    if errors.is_empty() {
        return Ok(());
    }
    // What was laid beside its place goes first, or no folder would be empty.
    drop(left);
    for folder in changes.iter().filter_map(|change| change.path.parent()) {
        // Succeeds only for one that is empty, which was made for these files.
        let _ = fs::remove_dir(root.join(folder));
    }
    bail!("{}", errors.join("\n"))
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

    #[test]
    fn of_several_files_all_are_written_or_none() {
        let root = tempfile::tempdir().unwrap();
        let at = |path: &str, old: &str| Change { path: path.into(), ..change(old, "new\n") };
        fs::write(root.path().join("a.md"), "old\n").unwrap();
        // A folder stands where a file is to be: it can be laid beside, and not put there.
        fs::create_dir_all(root.path().join("c.md/full")).unwrap();
        let changes = [at("a.md", "old\n"), at("new/b.md", ""), at("c.md", "")];
        let error = format!("{:#}", write_all(root.path(), &changes).unwrap_err());
        assert!(error.contains("c.md"), "{error}");
        assert_eq!(fs::read_to_string(root.path().join("a.md")).unwrap(), "old\n");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2, "nothing else is left");
        write_all(root.path(), &changes[..2]).unwrap();
        assert_eq!(fs::read_to_string(root.path().join("new/b.md")).unwrap(), "new\n");
    }

    #[test]
    fn what_cannot_be_written_whole_is_taken_back() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a"), "old").unwrap();
        fs::write(root.path().join("z"), "a file, and no folder").unwrap();
        let at = |path: &str, old: &str| Change {
            path: path.into(),
            old: old.into(),
            new: "new".into(),
            because: vec![],
        };
        let changes = [at("a", "old"), at("new/b", ""), at("z/c", "")];
        write_all(root.path(), &changes).unwrap_err();
        assert_eq!(fs::read_to_string(root.path().join("a")).unwrap(), "old");
        assert!(!root.path().join("new").exists());
        write_all(root.path(), &changes[..2]).unwrap();
        assert_eq!(fs::read_to_string(root.path().join("new/b")).unwrap(), "new");
    }
}
