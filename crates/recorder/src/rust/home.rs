//! Where recording has what it needs: the stand-in for tokio, the lock file that
//! says which versions a single file gets, and a folder to compile in.
//!
//! A clone has all of it. An installed command has no clone: it says where it has
//! put what it carries, by [`settle`], before anything is recorded.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Result, ensure};

/// Where what recording needs is.
#[derive(Clone, Debug)]
pub struct Home {
    /// The folder of the stand-in, `crates/rec-tokio`.
    pub stand_in: PathBuf,
    /// The lock file.
    pub lock: PathBuf,
    /// Where programs are compiled.
    pub target: PathBuf,
    /// The variable that chooses where that is.
    pub chosen_by: &'static str,
}

static HOME: OnceLock<Home> = OnceLock::new();

/// Says where it is, if nothing was recorded yet.
pub fn settle(home: Home) {
    // What was recorded already was compiled with the other one.
    let _ = HOME.set(home);
}

/// Where it is.
pub(super) fn home() -> Result<&'static Home> {
    if let Some(home) = HOME.get() {
        return Ok(home);
    }
    let home = of_clone()?;
    Ok(HOME.get_or_init(|| home))
}

/// That of the clone that cargo runs this program in, or its executable lies in,
/// so that a clone may be moved; else of the one that it was compiled in. Several
/// clones may share a target directory, so cargo's word comes first.
fn of_clone() -> Result<Home> {
    let run_in = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let executable = std::env::current_exe().ok();
    let compiled_in = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = [run_in, executable, Some(compiled_in.to_owned())];
    let found = places.into_iter().flatten().find_map(|place| above(&place));
    let root =
        found.unwrap_or_else(|| compiled_in.ancestors().nth(2).unwrap_or(compiled_in).into());
    ensure!(
        is_clone(&root),
        "{} is gone, or has no crates/rec-tokio any more: this program was built there and needs \
         what stands in for tokio. Run it by `cargo run` in a clone, or install it, which needs \
         none: `cargo install --path crates/context-switch`",
        root.display()
    );
    let target = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => std::path::absolute(folder)?,
        None => root.join("target"),
    };
    Ok(Home {
        stand_in: root.join("crates/rec-tokio"),
        lock: root.join("Cargo.lock"),
        target,
        chosen_by: "CARGO_TARGET_DIR",
    })
}

/// The clone that `place` lies in.
fn above(place: &Path) -> Option<PathBuf> {
    place.ancestors().find(|folder| is_clone(folder)).map(Path::to_owned)
}

fn is_clone(folder: &Path) -> bool {
    folder.join("crates/rec-tokio/Cargo.toml").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_is_found_from_a_file_within_it() {
        let moved = tempfile::tempdir().unwrap();
        let stand_in = moved.path().join("crates/rec-tokio");
        std::fs::create_dir_all(&stand_in).unwrap();
        assert_eq!(above(&moved.path().join("target/debug/book")), None);
        std::fs::write(stand_in.join("Cargo.toml"), "").unwrap();
        assert_eq!(above(&moved.path().join("target/debug/book")).as_deref(), Some(moved.path()));
    }
}
