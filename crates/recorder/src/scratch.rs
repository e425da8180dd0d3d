//! Where temporary files are: in one folder of this process, which nobody else
//! may enter.
//!
//! It is made in the system's folder for such files with the first that is needed
//! and goes with the last. What a process that was killed has left there goes with
//! the next folder that is made.

use std::fs::{self, File};
use std::io;
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
    let builder = {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o700))
    };
    let folder = builder.prefix(PREFIX).tempdir_in(&parent)?;
    let lock = lock(folder.path());
    let scratch = Arc::new(Scratch { folder, _lock: lock });
    *current = Arc::downgrade(&scratch);
    Ok(scratch)
}

/// Removes the folders that killed processes have left; what belongs to others
/// cannot be removed, and is in nobody's way either.
fn sweep(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && entry.file_name().to_string_lossy().starts_with(PREFIX) {
            let path = entry.path();
            if is_old(&path) && lock(&path).is_some() {
                let _ = fs::remove_dir_all(path);
            }
        }
    }
}

/// Whether it was not made just now by a process that has yet to lock it.
fn is_old(path: &Path) -> bool {
    let made = fs::metadata(path).and_then(|folder| folder.modified());
    made.ok().and_then(|made| made.elapsed().ok()).is_some_and(|age| age.as_secs() > 0)
}

/// The folder, locked, if it is this user's and nobody else has it.
#[cfg(unix)]
fn lock(path: &Path) -> Option<File> {
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::{FlockOperation, Mode, OFlags, flock};
    let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let folder = File::from(rustix::fs::open(path, flags, Mode::empty()).ok()?);
    let owner = folder.metadata().ok()?.uid();
    if owner != rustix::process::geteuid().as_raw() {
        return None;
    }
    flock(&folder, FlockOperation::NonBlockingLockExclusive).ok()?;
    Some(folder)
}

/// Elsewhere a folder cannot be locked, and what is left over stays.
#[cfg(not(unix))]
fn lock(_: &Path) -> Option<File> {
    None
}
