//! Files and folders for what is made beside the place where it is to be, and
//! what a process that was killed left of them.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use recorder::scratch::{lock, owned};
use tempfile::{NamedTempFile, TempDir};

/// How their names begin.
const PREFIX: &str = ".context-switch-";

/// A folder that goes away with its owner; and if the owner is killed, with the
/// next folder that is made beside it.
pub struct Staging {
    folder: TempDir,
    // Locked for as long as its owner lives, whatever ends it.
    _lock: Option<File>,
}

impl Staging {
    /// A new folder in `parent`, where leftovers are removed first.
    ///
    /// # Errors
    ///
    /// When nothing can be written there.
    pub fn beside(parent: &Path) -> io::Result<Self> {
        sweep(parent)?;
        let (folder, lock) = owned(|| tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent))?;
        Ok(Self { folder, _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// A new file in `folder` that goes away with its owner, unless it is given
/// another name first; and its lock, to be kept for as long.
///
/// # Errors
///
/// When nothing can be written there.
pub fn file_in(folder: &Path) -> io::Result<(NamedTempFile, Option<File>)> {
    let mut builder = tempfile::Builder::new();
    // The usual permissions, less what the umask takes.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.prefix(PREFIX);
    owned(|| builder.tempfile_in(folder))
}

/// Removes what killed processes left in `folder`, and below.
pub fn sweep_below(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            sweep_below(&entry.path());
        }
    }
    // What cannot be removed is in nobody's way either.
    let _ = sweep(folder);
}

/// Removes what nobody owns any more.
fn sweep(parent: &Path) -> io::Result<()> {
    for entry in fs::read_dir(parent)? {
        let (name, path) = entry.map(|entry| (entry.file_name(), entry.path()))?;
        if name.to_string_lossy().starts_with(PREFIX)
            && let Ok(_lock) = lock(&path)
        {
            // Another process may be removing the same.
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_owns_is_removed() {
        let parent = tempfile::tempdir().unwrap();
        let left = parent.path().join(".context-switch-left");
        fs::create_dir_all(left.join("site")).unwrap();
        fs::write(parent.path().join("letter.txt"), "").unwrap();
        let mine = Staging::beside(parent.path()).unwrap();
        assert!(!left.exists());
        let (file, _lock) = file_in(parent.path()).unwrap();
        fs::write(parent.path().join(".context-switch-file"), "").unwrap();
        sweep_below(parent.path());
        assert!(file.path().exists() && !parent.path().join(".context-switch-file").exists());
        drop(file);
        let other = Staging::beside(parent.path()).unwrap();
        assert!(mine.path().exists() && other.path().exists());
        drop((mine, other));
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1, "the letter");
    }
}
