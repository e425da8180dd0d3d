//! The lock file, which is left as it is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use anyhow::{Context, Result, ensure};

use super::super::versions::{tokio_version, tokios};

/// The lock file of a package's workspace.
pub(super) struct Lock {
    path: PathBuf,
    /// What was in it before, if there was one.
    before: Option<String>,
    /// cargo may have written another.
    is_written: bool,
}

impl Lock {
    /// Refuses a tokio that cannot be recorded, before anything is compiled.
    pub(super) fn of(root: &Path) -> Result<Self> {
        let path = root.join("Cargo.lock");
        let before = path.exists().then(|| read(&path)).transpose()?;
        let lock = Lock { is_written: before.is_none(), before, path };
        if lock.is_there() {
            lock.tokio()?;
        }
        Ok(lock)
    }

    /// There was one before.
    pub(super) fn is_there(&self) -> bool {
        self.before.is_some()
    }

    /// Lets cargo write another one, which is undone in the end.
    pub(super) fn may_change(&mut self) {
        self.is_written = true;
    }

    pub(super) fn tokio(&self) -> Result<String> {
        let path = self.path.display();
        let lock = read(&self.path)?;
        ensure!(!tokios(&lock).is_empty(), "{path} has no tokio: there is nothing to record");
        tokio_version(&lock).with_context(|| format!("{path}"))
    }
}

impl Drop for Lock {
    /// A package has afterwards the lock file that it had, or none.
    fn drop(&mut self) {
        if !self.is_written {
            return;
        }
        // Where cargo did not come to writing one there is none to remove.
        let _ = match &self.before {
            Some(before) => fs::write(&self.path, before),
            None => fs::remove_file(&self.path),
        };
    }
}

/// Whether cargo was kept from bringing a lock file up to date with its manifests.
pub(super) fn is_out_of_date(output: &Output) -> bool {
    let says = String::from_utf8_lossy(&output.stderr);
    !output.status.success() && says.contains("--locked was passed")
}

/// The text of a file.
///
/// # Errors
///
/// When it cannot be read, with its path.
pub(super) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
