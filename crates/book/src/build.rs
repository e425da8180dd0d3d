//! The static site: mdBook and mdbook-mermaid as libraries, so that a clone
//! needs neither of the two commands installed.
//!
//! mdBook empties the folder it writes to before it starts, and reports a
//! missing `{{#include}}` only to its log. So the site is made in a new folder
//! and takes its place only when it is whole, and an error in the log is one.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

use crate::staging::{self, Staging};
use crate::{in_page, log};

/// Renders the book at `root` into the folder `dest`, which is emptied first.
/// Returns mdBook's warnings.
///
/// # Errors
///
/// Whatever mdBook fails on, and whatever it only logs as an error: a chapter
/// that is missing or not UTF-8, an include that leads nowhere, a theme file
/// that `book.toml` names and nobody wrote.
pub fn render(root: &Path, dest: &Path) -> Result<Vec<String>> {
    render_below(root, dest, None, false)
}

/// As [`render`], for a site that is served from the folder `base_path` of its
/// host (`/book/`); without one, from wherever `book.toml` says. With `python` its
/// pages look for what [`in_page`] puts into it.
///
/// # Errors
///
/// As for [`render`].
pub fn render_below(
    root: &Path,
    dest: &Path,
    base_path: Option<&str>,
    python: bool,
) -> Result<Vec<String>> {
    let (result, log) = log::collect(|| -> Result<()> {
        let mut config = config(root)?;
        config.build.build_dir = dest.to_owned();
        if let Some(base_path) = base_path {
            config.set("output.html.site-url", base_path)?;
        }
        if python {
            let mut scripts: Vec<String> =
                config.get("output.html.additional-js")?.unwrap_or_default();
            scripts.push(in_page::SCRIPT.to_owned());
            config.set("output.html.additional-js", scripts)?;
        }
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
/// as it was. A folder that holds something and no build of this book, or the
/// repository that one is kept in, is never touched. Of one that is replaced
/// nothing stays, not even what was laid beside the pages by hand.
pub fn build(root: &Path, dest: Option<PathBuf>) -> Result<PathBuf> {
    let dest = destination(root, dest.as_deref())?;
    let built = stage(root, &dest, None)?;
    for warning in &built.warnings {
        eprintln!("warning: {warning}");
    }
    built.put()
}

/// A site that is made, and not yet in its place.
pub struct Built {
    root: PathBuf,
    folder: Staging,
    dest: PathBuf,
    /// What mdBook warned of.
    pub warnings: Vec<String>,
}

/// Makes the site in a folder beside `dest`, to be served from `base_path`.
///
/// # Errors
///
/// If the book does not build, or nothing can be written there.
pub fn stage(root: &Path, dest: &Path, base_path: Option<&str>) -> Result<Built> {
    let parent = dest.parent().context("the root of the file system is no place for a site")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    // On the file system of `dest`, so that moving it there is one step.
    let folder =
        Staging::beside(parent).with_context(|| format!("cannot write to {}", parent.display()))?;
    // mdBook copies whatever lies there.
    staging::sweep_below(&root.join("src"));
    let site = folder.path().join("site");
    let python = in_page::installed(root);
    let warnings = render_below(root, &site, base_path, python.is_some())?;
    if let Some(python) = python {
        in_page::put(root, &python, &site)?;
    }
    Ok(Built { root: root.to_owned(), folder, dest: dest.to_owned(), warnings })
}

impl Built {
    /// The folder that the site is in.
    pub fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Puts the site in its place, in one step where the system has such a step.
    /// Returns the place.
    ///
    /// # Errors
    ///
    /// If it cannot be replaced, or holds something else by now; it is then as
    /// it was.
    pub fn put(self) -> Result<PathBuf> {
        // Minutes of tests may have passed since it was looked at.
        may_replace(&self.root, &self.dest)?;
        replace(&self.site(), &self.dest, &self.folder.path().join("before"))?;
        Ok(self.dest)
    }
}

/// Where a site for `dest` goes: an absolute path, and none that holds anything
/// but an earlier site.
///
/// # Errors
///
/// If it does, or if it would bury the sources.
pub fn destination(root: &Path, dest: Option<&Path>) -> Result<PathBuf> {
    let dest = match dest {
        Some(dest) => std::path::absolute(dest)?,
        None => root.join(config(root)?.build.build_dir),
    };
    may_replace(root, &dest)?;
    Ok(dest)
}

/// What `book.toml` of the book at `root` says.
///
/// # Errors
///
/// If it cannot be read.
pub fn config(root: &Path) -> Result<Config> {
    let path = root.join("book.toml");
    Config::from_disk(&path).with_context(|| format!("cannot use {}", path.display()))
}

/// What no site may be built over, below the root of the book.
const SOURCES: [&str; 9] =
    ["src", "theme", "examples", "exercises", "crates", "tests", ".git", ".github", ".ci"];

/// What every build of this book has. mdBook writes the first two for any book.
const SITE: [&str; 3] = [".nojekyll", "index.html", "assets/mermaid-sequence.min.js"];

/// Refuses what is not a built book, and what would bury the sources.
fn may_replace(root: &Path, dest: &Path) -> Result<()> {
    let (sources, place) = (resolved(root), resolved(dest));
    if sources.starts_with(&place)
        || SOURCES.iter().any(|folder| place.starts_with(sources.join(folder)))
    {
        bail!("{} holds the book's sources: choose another folder", dest.display());
    }
    let Ok(found) = fs::symlink_metadata(dest) else { return Ok(()) };
    ensure!(found.is_dir(), "{} is not a folder: move it away or choose another", dest.display());
    // A folder, or the file of a worktree.
    ensure!(
        fs::symlink_metadata(dest.join(".git")).is_err(),
        "{} is a git repository, and all that is in it would go: build into a new folder, and \
         copy the site from there",
        dest.display()
    );
    let empty = fs::read_dir(dest)
        .with_context(|| format!("cannot read {}", dest.display()))?
        .next()
        .is_none();
    ensure!(
        empty || SITE.iter().all(|file| dest.join(file).is_file()),
        "{} holds files that no build put there: choose an empty or a new folder",
        dest.display()
    );
    Ok(())
}

/// An absolute path without links and `..`, as far as it is there.
fn resolved(path: &Path) -> PathBuf {
    let mut place = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                place.pop();
            }
            part => place.push(part),
        }
        if let Ok(there) = place.canonicalize() {
            place = there;
        }
    }
    place
}

/// Moves `site` to `dest`. What was there goes to where `site` was, in the same
/// step; or where the system cannot do that, first to `before`, and back again
/// if the second move fails.
fn replace(site: &Path, dest: &Path, before: &Path) -> Result<()> {
    let cannot = || format!("cannot replace {}", dest.display());
    if !dest.exists() {
        return fs::rename(site, dest).with_context(cannot);
    }
    if exchange(site, dest).is_ok() {
        return Ok(());
    }
    fs::rename(dest, before).with_context(cannot)?;
    let moved = fs::rename(site, dest);
    if moved.is_err() {
        fs::rename(before, dest).with_context(cannot)?;
    }
    moved.with_context(cannot)
}

/// Lets two folders change places, in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> rustix::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)
}

/// Other systems have no such step.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> Result<()> {
    bail!("there is no such step here")
}
