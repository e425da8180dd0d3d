//! The lock file, which is left as it is.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::super::versions::{tokio_version, tokios};

/// The lock file of a package's workspace.
pub(super) struct Lock {
    path: PathBuf,
    /// There was one before.
    pub(super) is_there: bool,
}

impl Lock {
    /// Refuses a tokio that cannot be recorded, before anything is compiled.
    pub(super) fn of(root: &Path) -> Result<Self> {
        let path = root.join("Cargo.lock");
        let lock = Lock { is_there: path.exists(), path };
        if lock.is_there {
            lock.tokio()?;
        }
        Ok(lock)
    }

    pub(super) fn tokio(&self) -> Result<String> {
        let path = self.path.display();
        let lock = read(&self.path)?;
        ensure!(!tokios(&lock).is_empty(), "{path} has no tokio: there is nothing to record");
        tokio_version(&lock).with_context(|| format!("{path}"))
    }
}

impl Drop for Lock {
    /// A package that had no lock file has none afterwards.
    fn drop(&mut self) {
        if !self.is_there {
            // Where cargo did not come to writing one there is none to remove.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The text of a file.
///
/// # Errors
///
/// When it cannot be read, with its path.
pub(super) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
