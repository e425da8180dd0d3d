//! Where temporary files are: in one folder of this process, which nobody else
//! may enter.
//!
//! It is made in the system's folder for such files with the first that is needed
//! and goes with the last. What a process that was killed has left there goes with
//! the next folder that is made.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tempfile::{NamedTempFile, TempDir};

/// How the names of these folders begin.
const PREFIX: &str = "context-switch-";

/// The folder of this process.
#[derive(Debug)]
struct Scratch {
    folder: TempDir,
    /// Locked for as long as this process lives, whatever ends it.
    _lock: Option<File>,
}

/// It, while somebody has something in it.
static CURRENT: Mutex<Weak<Scratch>> = Mutex::new(Weak::new());

/// A temporary folder that goes with its owner.
#[derive(Debug)]
pub struct Folder {
    folder: TempDir,
    _scratch: Arc<Scratch>,
}

/// A temporary file that goes with its owner.
#[derive(Debug)]
pub struct TempFile {
    file: NamedTempFile,
    _scratch: Arc<Scratch>,
}

impl Folder {
    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl AsRef<Path> for Folder {
    fn as_ref(&self) -> &Path {
        self.path()
    }
}

impl TempFile {
    /// Where it is.
    pub fn path(&self) -> &Path {
        self.file.path()
    }
}

/// A new folder.
///
/// # Errors
///
/// When nothing can be written to the system's folder, which is named.
pub fn folder() -> io::Result<Folder> {
    let scratch = current()?;
    let folder = tempfile::tempdir_in(scratch.folder.path())?;
    Ok(Folder { folder, _scratch: scratch })
}

/// A new file.
///
/// # Errors
///
/// Those of [`folder`].
pub fn file() -> io::Result<TempFile> {
    let scratch = current()?;
    let file = NamedTempFile::new_in(scratch.folder.path())?;
    Ok(TempFile { file, _scratch: scratch })
}

/// That there is no temporary file, and where it was to be.
pub(crate) fn no_room() -> String {
    format!("cannot make a temporary file in {} (see TMPDIR)", std::env::temp_dir().display())
}

fn current() -> io::Result<Arc<Scratch>> {
    let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
    let known = current.upgrade().filter(|scratch| scratch.folder.path().exists());
    if let Some(scratch) = known {
        return Ok(scratch);
    }
    let parent = std::env::temp_dir();
    sweep(&parent);
    let mut builder = tempfile::Builder::new();
    // Whatever the umask says.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o700));
    }
    builder.prefix(PREFIX);
    let (folder, lock) = owned(|| builder.tempdir_in(&parent))?;
    let scratch = Arc::new(Scratch { folder, _lock: lock });
    *current = Arc::downgrade(&scratch);
    Ok(scratch)
}

/// Makes something that is this process's for as long as the lock is kept, see
/// [`lock`]; there is none where nothing can be locked.
///
/// # Errors
///
/// Those of `make`.
pub fn owned<T: AsRef<Path>>(make: impl Fn() -> io::Result<T>) -> io::Result<(T, Option<File>)> {
    loop {
        let made = make()?;
        match lock(made.as_ref()) {
            Ok(lock) => return Ok((made, Some(lock))),
            // Whoever removes what nobody owns came before the lock.
            Err(error) if [ErrorKind::NotFound, ErrorKind::WouldBlock].contains(&error.kind()) => {}
            Err(_) => return Ok((made, None)),
        }
    }
}

/// Removes the folders that killed processes have left; what belongs to others
/// cannot be removed, and is in nobody's way either.
fn sweep(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && entry.file_name().to_string_lossy().starts_with(PREFIX) {
            let path = entry.path();
            if let Ok(_lock) = lock(&path) {
                let _ = fs::remove_dir_all(path);
            }
        }
    }
}

/// Locks a file or a folder until what is returned is dropped, whatever ends its
/// process.
///
/// # Errors
///
/// `WouldBlock` when somebody else has it, `NotFound` when it is not there or is
/// removed meanwhile; and when it is another user's, or cannot be locked at all.
#[cfg(unix)]
pub fn lock(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
    let locked = file.metadata()?;
    if locked.uid() != rustix::process::geteuid().as_raw() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    file.try_lock()?;
    // Whoever had the lock before may have removed what it is of.
    let there = fs::symlink_metadata(path)?;
    match (locked.dev(), locked.ino()) == (there.dev(), there.ino()) {
        true => Ok(file),
        false => Err(ErrorKind::NotFound.into()),
    }
}

/// Elsewhere nothing can be locked, and what is left over stays.
///
/// # Errors
///
/// Always.
#[cfg(not(unix))]
pub fn lock(_: &Path) -> io::Result<File> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn what_is_swept_before_it_is_locked_is_made_again() {
        let parent = tempfile::tempdir().unwrap();
        let make = || tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent.path());
        let swept = AtomicBool::new(false);
        let (folder, lock) = owned(|| {
            let made = make();
            if !swept.swap(true, Ordering::Relaxed) {
                sweep(parent.path());
            }
            made
        })
        .unwrap();
        sweep(parent.path());
        assert!(folder.path().exists(), "it has an owner");
        drop(lock);
        sweep(parent.path());
        assert!(!folder.path().exists(), "it has none");
    }

    #[test]
    fn however_many_begin_at_once_each_has_a_folder() {
        let parent = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        sweep(parent.path());
                        let make =
                            || tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent.path());
                        let (folder, _lock) = owned(make).unwrap();
                        fs::write(folder.path().join("mine"), "").unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
    }
}
