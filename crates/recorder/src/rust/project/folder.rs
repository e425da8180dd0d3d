//! Where packages are compiled.

use std::collections::hash_map::DefaultHasher;
use std::ffi::OsString;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::super::cargo::{Message, cargo, fetch, messages};
use super::super::home::home;
use super::super::package::name_of_place;
use super::super::wrapper::WITHOUT;
use super::complaint::complaint;

/// What the wrapper compiles, within the target directory.
pub(super) const STAND_IN: &str = "stand-in";

/// The target directory for the packages of a workspace; empty, if what is in
/// it was compiled with another stand-in than today's, or elsewhere: what is in it
/// names files by their places.
pub(super) fn prepare(root: &Path) -> Result<PathBuf> {
    let name = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let packages = home()?.target.join("recording-packages");
    let folder = packages.join(name_of_place(&name, root));
    let mut now = DefaultHasher::new();
    folder.hash(&mut now);
    for file in sources(&home()?.stand_in.join("src"), Path::new("")) {
        fs::read(file)?.hash(&mut now);
    }
    let (stamp, now) = (folder.join("stand-in.hash"), format!("{:x}", now.finish()));
    if fs::read_to_string(&stamp).ok().as_deref() != Some(&now) {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let wrong = || format!("cannot write {}", folder.display());
        fs::create_dir_all(folder.join(STAND_IN)).with_context(wrong)?;
        fs::write(folder.join(STAND_IN).join("libc"), libc(&packages.join("libc"))?)?;
    }
    // It says when it was used last, too, for who makes room.
    fs::write(&stamp, now)?;
    Ok(folder)
}

/// The file of a libc for the stand-in, where the package's tokio has none.
fn libc(folder: &Path) -> Result<String> {
    fs::create_dir_all(folder.join("src"))?;
    fs::write(
        folder.join("Cargo.toml"),
        "[package]\nname = \"libc-for-the-stand-in\"\nedition = \"2024\"\n\n\
         [dependencies]\nlibc = \"0.2\"\n\n[workspace]\n",
    )?;
    fs::write(folder.join("src/lib.rs"), "")?;
    fs::copy(&home()?.lock, folder.join("Cargo.lock"))?;
    fetch(&folder.join("Cargo.toml"))?;
    let mut command = cargo();
    command.args(["build", "--offline", "--message-format=json", "--manifest-path"]);
    command.arg(folder.join("Cargo.toml")).arg("--target-dir").arg(folder.join("target"));
    // No other libc of the package's has the same name within the compiler.
    command.env("RUSTFLAGS", "-Cmetadata=context_switch");
    let output = command.output().context("cannot start cargo")?;
    let of_libc = |message: Message| {
        let files =
            message.target.filter(|target| target.name == "libc").map(|_| message.filenames);
        files?.into_iter().find(|file| file.ends_with(".rlib"))
    };
    let found = messages(&output.stdout).find_map(of_libc);
    found.with_context(|| complaint(folder, &output))
}

/// All Rust files in `folder` and the folders in it, but for `target`, in the order
/// of their names.
pub(in super::super) fn sources(folder: &Path, target: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes()[0] == b'.');
        if path.is_dir() && !path.is_symlink() && path != target && !is_hidden {
            found.extend(sources(&path, target));
        } else if path.extension() == Some(&OsString::from("rs")) {
            found.push(path);
        }
    }
    found
}

/// Which dependencies could not be given the stand-in, a sentence each.
pub(super) fn without(target: &Path) -> Vec<String> {
    let entries = fs::read_dir(target.join(STAND_IN).join(WITHOUT)).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names.iter().map(|name| format!("what {name} does by itself is not recorded")).collect()
}
