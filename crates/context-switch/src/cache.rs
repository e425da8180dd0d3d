//! The user's folder for what can be made again: what the command carries,
//! unpacked, and what was compiled for recording.
//!
//! Each trace that compiles has a shared lock on it. Only who gets it alone may
//! remove something.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};
use etcetera::BaseStrategy;

use crate::carried;

/// The folders whose entries go one by one.
const GROUPS: [&str; 3] = ["recording-packages", "recording-files", carried::FOLDER];

/// What is compiled for single files, which goes as one.
const SINGLE: &str = "recording";

/// The libc of the stand-ins: packages that were compiled name its file.
const SHARED: &str = "recording-packages/libc";

/// What is touched whenever an entry is used.
const USED: [&str; 2] = [".lock", "stand-in.hash"];

/// How many bytes are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(u64);

impl Limit {
    /// What `CONTEXT_SWITCH_CACHE_SIZE` asks for: `500M`, `5G`.
    ///
    /// # Errors
    ///
    /// When that is no size.
    pub fn asked() -> Result<Self> {
        const VARIABLE: &str = "CONTEXT_SWITCH_CACHE_SIZE";
        let Some(asked) = std::env::var_os(VARIABLE) else { return Limit::of("5G") };
        let asked = asked.to_string_lossy();
        Limit::of(&asked).with_context(|| format!("{VARIABLE}={asked}"))
    }

    fn of(text: &str) -> Result<Self> {
        let (number, unit) = match text.trim().strip_suffix('G') {
            Some(number) => (number, 1 << 30),
            None => (text.trim().strip_suffix('M').unwrap_or_default(), 1 << 20),
        };
        let number: u64 = number.parse().context("not a size: write 500M or 5G")?;
        Ok(Limit(number.saturating_mul(unit)))
    }
}

/// `1.3 GB`, `20 MB`
pub fn size(bytes: u64) -> String {
    match bytes as f64 {
        bytes if bytes < 1e9 => format!("{:.0} MB", bytes / 1e6),
        bytes => format!("{:.1} GB", bytes / 1e9),
    }
}

/// The folder.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// Something in it that can go.
struct Entry {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

impl Cache {
    /// That of the user: below `$XDG_CACHE_HOME` or `~/.cache`, or where the system
    /// has such files.
    ///
    /// # Errors
    ///
    /// When the user has no home.
    pub fn of_user() -> Result<Self> {
        let places = etcetera::base_strategy::choose_native_strategy();
        let places =
            places.context("there is no home folder (see HOME), so no place to compile in")?;
        Ok(Cache::at(places.cache_dir().join("context-switch")))
    }

    /// That in `folder`.
    pub fn at(folder: PathBuf) -> Self {
        Cache { folder }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes it; nothing of it is removed as long as the file lives that this gives.
    ///
    /// # Errors
    ///
    /// When nothing can be written there.
    pub fn in_use(&self) -> Result<File> {
        let file = self.lock().with_context(|| {
            format!(
                "cannot write {} (XDG_CACHE_HOME chooses another folder)",
                self.folder.display()
            )
        })?;
        file.lock_shared().with_context(|| format!("cannot lock {}", self.folder.display()))?;
        Ok(file)
    }

    fn lock(&self) -> io::Result<File> {
        fs::create_dir_all(&self.folder)?;
        // Tools that save what is here leave out what says this.
        let tag = self.folder.join("CACHEDIR.TAG");
        if !tag.exists() {
            fs::write(tag, "Signature: 8a477f597d28d172789f06886806bc55\n")?;
        }
        File::options().create(true).append(true).open(self.folder.join(".in-use"))
    }

    /// Removes what was used least lately until the rest is within the limit. What
    /// is in use by another trace, or cannot be removed, stays.
    pub fn keep_within(&self, limit: Limit) {
        let Ok(alone) = self.lock() else { return };
        if alone.try_lock().is_err() {
            return;
        }
        let mut entries = self.entries();
        let current = Path::new(carried::FOLDER).join(carried::name());
        let stays = [current, SHARED.into()].map(|path| self.folder.join(path));
        entries.retain(|entry| !stays.contains(&entry.path));
        entries.sort_by_key(|entry| entry.used);
        let mut bytes: u64 = entries.iter().map(|entry| entry.bytes).sum();
        for entry in entries {
            if bytes <= limit.0 {
                break;
            }
            bytes -= entry.bytes;
            let _ = fs::remove_dir_all(entry.path);
        }
    }

    /// Removes everything, and gives how many bytes that were.
    ///
    /// # Errors
    ///
    /// When a trace is compiling, or something cannot be removed.
    pub fn clean(&self) -> Result<u64> {
        if !self.folder.exists() {
            return Ok(0);
        }
        let wrong = || format!("cannot remove what is in {}", self.folder.display());
        let alone = self.lock().with_context(wrong)?;
        ensure!(alone.try_lock().is_ok(), "{}: a trace is using it", self.folder.display());
        let mut bytes = 0;
        for entry in self.entries() {
            fs::remove_dir_all(entry.path).with_context(wrong)?;
            bytes += entry.bytes;
        }
        Ok(bytes)
    }

    fn entries(&self) -> Vec<Entry> {
        let inside = |group| fs::read_dir(self.folder.join(group)).into_iter().flatten().flatten();
        let each = GROUPS.into_iter().flat_map(inside).map(|entry| entry.path());
        let all = each.chain([self.folder.join(SINGLE)]).filter(|path| path.is_dir());
        all.map(Entry::of).collect()
    }
}

impl Entry {
    fn of(path: PathBuf) -> Self {
        let modified = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
        let marks = USED.iter().filter_map(|name| modified(&path.join(name)));
        let used = marks.max().or_else(|| modified(&path)).unwrap_or(SystemTime::UNIX_EPOCH);
        Entry { bytes: bytes(&path), used, path }
    }
}

/// How much a folder takes, at most: a file with two names counts twice. What is
/// gone meanwhile takes nothing.
fn bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let one = |entry: fs::DirEntry| match entry.metadata() {
        Ok(data) if data.is_dir() => bytes(&entry.path()),
        Ok(data) => data.len(),
        Err(_) => 0,
    };
    entries.map(one).sum()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_size_has_a_unit() {
        assert_eq!(Limit::of("5G").unwrap(), Limit(5 << 30));
        assert_eq!(Limit::of("500M").unwrap(), Limit(500 << 20));
        for wrong in ["", "5", "G", "-1G", "5 GB", "1.5G"] {
            assert!(Limit::of(wrong).is_err(), "{wrong}");
        }
    }

    /// A cache with packages of 1000 bytes each, the first used least lately.
    fn filled(packages: &[&str]) -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().unwrap();
        for (age, name) in packages.iter().rev().enumerate() {
            let package = folder.path().join("recording-packages").join(name);
            fs::create_dir_all(package.join("debug")).unwrap();
            fs::write(package.join("debug/program"), [0; 1000]).unwrap();
            let mark = File::create(package.join("stand-in.hash")).unwrap();
            let age = Duration::from_secs(3600 * age as u64);
            mark.set_modified(SystemTime::now() - age).unwrap();
        }
        let cache = Cache::at(folder.path().to_owned());
        (folder, cache)
    }

    fn left(cache: &Cache) -> Vec<String> {
        let entries = cache.entries().into_iter();
        let name = |entry: Entry| entry.path.file_name().unwrap().to_string_lossy().into_owned();
        let mut names: Vec<String> = entries.map(name).collect();
        names.sort();
        names
    }

    #[test]
    fn what_was_used_least_lately_goes_first_and_nothing_while_a_trace_runs() {
        let (_folder, cache) = filled(&["a", "b", "c", "libc"]);
        cache.keep_within(Limit(3000));
        assert_eq!(left(&cache), ["a", "b", "c", "libc"]);
        let used = cache.in_use().unwrap();
        cache.keep_within(Limit(2000));
        assert_eq!(left(&cache).len(), 4);
        assert!(cache.clean().unwrap_err().to_string().contains("a trace is using it"));
        drop(used);
        cache.keep_within(Limit(2000));
        assert_eq!(left(&cache), ["b", "c", "libc"]);
        cache.keep_within(Limit(0));
        assert_eq!(left(&cache), ["libc"], "others name it");
    }

    #[test]
    fn a_clean_cache_is_empty_and_can_be_cleaned_again() {
        let (_folder, cache) = filled(&["a", "libc"]);
        assert_eq!(cache.clean().unwrap(), 2000);
        assert_eq!(cache.clean().unwrap(), 0);
        assert!(left(&cache).is_empty());
    }
}
