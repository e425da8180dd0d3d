//! Writes the list of all files in `carried`, with their texts.
//!
//! What lies there leads to where it is kept, since a package has only what is
//! below its own folder. A folder with a `Cargo.toml` would be left out of it as
//! another package: so each is called `manifest.toml` there.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let carried = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("carried");
    let mut list = String::new();
    add(&carried, "", &mut list);
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    fs::write(out.join("carried.rs"), format!("&[\n{list}]\n")).unwrap();
}

/// Adds the files in `folder`, which is called `name` where it is unpacked.
fn add(folder: &Path, name: &str, list: &mut String) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()).collect();
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries {
        let path = fs::canonicalize(entry.path()).unwrap();
        let own = entry.file_name().into_string().unwrap().replace("manifest.toml", "Cargo.toml");
        let name = format!("{name}{own}");
        if path.is_dir() {
            add(&path, &format!("{name}/"), list);
        } else {
            println!("cargo::rerun-if-changed={}", path.display());
            let path = path.to_str().unwrap();
            writeln!(list, "    ({name:?}, include_str!({path:?})),").unwrap();
        }
    }
}
