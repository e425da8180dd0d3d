//! What the command carries inside: the sources of the stand-in for tokio, and
//! the lock file with the versions that it was tested with. (The recorder for
//! Python is carried by the crate `recorder`, which unpacks it for each run.)

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;

use anyhow::Result;
use recorder::rust::home::Home;
use recorder::rust::package::write;

/// The files, by their names.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/carried.rs"));

/// The folder of the cache that they are unpacked in, one for each content.
pub(crate) const FOLDER: &str = "carried";

/// The name of the folder for what this command carries.
pub(crate) fn name() -> String {
    let mut hasher = DefaultHasher::new();
    FILES.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Unpacks into the folder `cache` what is not there as it should be, each file
/// whole, and says where.
///
/// # Errors
///
/// When nothing can be written there.
pub fn unpack(cache: &Path) -> Result<Home> {
    let folder = cache.join(FOLDER).join(name());
    for (name, text) in FILES {
        // A package above the cache is none of its business.
        let more = if name.ends_with("Cargo.toml") { "\n[workspace]\n" } else { "" };
        write(&folder.join(name), &format!("{text}{more}"))?;
    }
    Ok(Home {
        stand_in: folder.join("rec-tokio"),
        lock: folder.join("workspace.lock"),
        target: cache.to_owned(),
        chosen_by: "XDG_CACHE_HOME",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_is_all_that_recording_needs() {
        for name in
            ["src/lib.rs", "src/wire.rs", "Cargo.toml", "futures/src/lib.rs", "futures/Cargo.toml"]
        {
            let name = format!("rec-tokio/{name}");
            assert!(FILES.iter().any(|(file, text)| *file == name && !text.is_empty()), "{name}");
        }
    }

    #[test]
    fn a_file_that_was_changed_is_put_right() {
        let folder = tempfile::tempdir().unwrap();
        let home = unpack(folder.path()).unwrap();
        let lock = std::fs::read(&home.lock).unwrap();
        std::fs::write(&home.lock, "").unwrap();
        std::fs::remove_file(home.stand_in.join("src/lib.rs")).unwrap();
        unpack(folder.path()).unwrap();
        assert_eq!(std::fs::read(&home.lock).unwrap(), lock);
        assert!(home.stand_in.join("src/lib.rs").is_file());
    }
}
