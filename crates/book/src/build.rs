//! The static site: mdBook and mdbook-mermaid as libraries, so that a clone
//! needs neither of the two commands installed.
//!
//! mdBook empties the folder it writes to before it starts, and reports a
//! missing `{{#include}}` only to its log. So the site is made in a new folder
//! and takes its place only when it is whole, and an error in the log is one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

use crate::log;

/// Renders the book at `root` into the folder `dest`, which is emptied first.
/// Returns mdBook's warnings.
///
/// # Errors
///
/// Whatever mdBook fails on, and whatever it only logs as an error: a chapter
/// that is missing or not UTF-8, an include that leads nowhere, a theme file
/// that `book.toml` names and nobody wrote.
pub fn render(root: &Path, dest: &Path) -> Result<Vec<String>> {
    let (result, log) = log::collect(|| -> Result<()> {
        let mut config = config(root)?;
        config.build.build_dir = dest.to_owned();
        let mut book = MDBook::load_with_config(root, config)?;
        // Takes the place of the command that book.toml names.
        book.with_preprocessor(mdbook_mermaid::Mermaid);
        book.build()
    });
    result?;
    ensure!(log.errors.is_empty(), "{}", log.errors.join("\n"));
    Ok(log.warnings)
}

/// Builds the site into `dest` (as in `book.toml`, if there is none), replacing
/// what an earlier build left there. Returns the folder.
///
/// # Errors
///
/// If the book does not build or the folder cannot be replaced; `dest` is then
/// as it was. A folder that holds anything but a built book is never touched.
pub fn build(root: &Path, dest: Option<PathBuf>) -> Result<PathBuf> {
    let dest = match dest {
        Some(dest) => std::path::absolute(dest)?,
        None => root.join(config(root)?.build.build_dir),
    };
    may_replace(root, &dest)?;
    let parent = dest.parent().context("the root of the file system is no place for a site")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    // On the file system of `dest`, so that moving it there is one step.
    let workshop = tempfile::Builder::new()
        .prefix(".context-switch-")
        .tempdir_in(parent)
        .with_context(|| format!("cannot write to {}", parent.display()))?;
    let site = workshop.path().join("site");
    for warning in render(root, &site)? {
        eprintln!("warning: {warning}");
    }
    replace(&site, &dest, &workshop.path().join("before"))?;
    Ok(dest)
}

fn config(root: &Path) -> Result<Config> {
    let path = root.join("book.toml");
    Config::from_disk(&path).with_context(|| format!("cannot use {}", path.display()))
}

/// Refuses what is not a built book, and what would bury the sources.
fn may_replace(root: &Path, dest: &Path) -> Result<()> {
    let sources = root.join("src");
    if root.starts_with(dest) || dest.starts_with(&sources) {
        bail!("{} holds the book's sources: choose another folder", dest.display());
    }
    let Ok(found) = fs::symlink_metadata(dest) else { return Ok(()) };
    ensure!(found.is_dir(), "{} is not a folder: move it away or choose another", dest.display());
    let empty = fs::read_dir(dest)
        .with_context(|| format!("cannot read {}", dest.display()))?
        .next()
        .is_none();
    // mdBook writes both, and few others write the first.
    let built = dest.join(".nojekyll").is_file() && dest.join("index.html").is_file();
    ensure!(
        empty || built,
        "{} holds files that no build put there: choose an empty or a new folder",
        dest.display()
    );
    Ok(())
}

/// Moves `site` to `dest`, and what was there to `before`, back again if the
/// second move fails.
fn replace(site: &Path, dest: &Path, before: &Path) -> Result<()> {
    let cannot = || format!("cannot replace {}", dest.display());
    let existed = dest.exists();
    if existed {
        fs::rename(dest, before).with_context(cannot)?;
    }
    let moved = fs::rename(site, dest);
    if moved.is_err() && existed {
        fs::rename(before, dest).with_context(cannot)?;
    }
    moved.with_context(cannot)
}
