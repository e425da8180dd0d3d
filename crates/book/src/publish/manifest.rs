//! What a published site says of itself: `manifest.json`, and the commit on its
//! page *How this book is made*.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use super::heard::Tests;
use super::links::Report;
use super::python;
use crate::figures::Figures;

/// The file, in the site.
pub const FILE: &str = "manifest.json";

/// What mdBook copies from: all that is below src/, and what book.toml names of
/// the theme; none of what the theme's own tools are made of.
const COPIED: [&str; 3] = ["src", "theme", ":(exclude)theme/mermaid/node_modules"];

/// What the pages say in a working copy, in place of the commit.
const UNPUBLISHED: &str = "<span class=\"commit\">a working copy, not published</span>";

/// What was published, and what was checked before.
#[derive(Debug, Serialize)]
pub struct Manifest {
    /// What it was made from.
    pub commit: Commit,
    /// By which tools, and which of the libraries that carry it.
    pub versions: BTreeMap<String, String>,
    /// The checks that passed.
    pub checks: Vec<&'static str>,
    /// How many tests did.
    pub tests_passed: usize,
    /// How many of them are Rust blocks of the pages.
    pub blocks_tested: usize,
    /// How many recordings are what their programs do.
    pub recordings_checked: usize,
    /// How many pages the site has.
    pub pages: usize,
    /// How many links inside it lead to a place that is there.
    pub links_checked: usize,
    /// How many addresses elsewhere are well formed.
    pub external_links: usize,
    /// What is counted from the sources.
    pub figures: Figures,
}

/// A commit.
#[derive(Clone, Debug, Serialize)]
pub struct Commit {
    /// Its hash.
    pub hash: String,
    /// When it was made, as it says itself, in UTC; nothing here depends on the clock.
    pub date: String,
}

impl Commit {
    /// The commit that is checked out at `root`.
    ///
    /// # Errors
    ///
    /// If the checkout is not clean, or is none; or if something that a site is
    /// made from is not in the commit, whatever git is told to ignore.
    pub fn of(root: &Path) -> Result<Self> {
        git(root, &["rev-parse", "--git-dir"]).context(
            "a site says of which commit it is, and here is none: publish from a clone of the \
             repository, or use `build`, which says that it is not published",
        )?;
        let changed = git(root, &["status", "--porcelain", "--untracked-files=all"])?;
        ensure!(
            changed.is_empty(),
            "only a clean checkout is published: commit these, or take them away\n{changed}"
        );
        let foreign = git(root, &[&["ls-files", "--others", "--"], &COPIED[..]].concat())?;
        ensure!(
            foreign.is_empty(),
            "these would be in the site, and are not in the commit: commit them, or take them away\n{foreign}"
        );
        git(root, &["ls-files", "--error-unmatch", "--", "book.toml"])
            .context("book.toml is not in the commit: `git add --force book.toml`, and commit")?;
        let hash = git(root, &["rev-parse", "HEAD"])?;
        let date =
            git(root, &["log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"])?;
        Ok(Commit { hash, date })
    }
}

impl Manifest {
    /// Of a site whose checks have passed.
    pub fn new(
        root: &Path,
        commit: Commit,
        (checks, tests): (Vec<&'static str>, Tests),
        recordings_checked: usize,
        report: &Report,
        figures: Figures,
    ) -> Self {
        let (internal, external) = (report.internal, report.external.len());
        Manifest {
            commit,
            versions: versions(root),
            checks,
            tests_passed: tests.passed,
            blocks_tested: tests.blocks,
            recordings_checked,
            pages: report.pages,
            links_checked: internal,
            external_links: external,
            figures,
        }
    }

    /// Writes the file into `site`, and the commit on the pages that name it.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written.
    pub fn write(&self, site: &Path) -> Result<()> {
        let json = serde_json::to_string_pretty(self)? + "\n";
        fs::write(site.join(FILE), json).with_context(|| format!("cannot write {FILE}"))?;
        let Commit { hash, date } = &self.commit;
        let published = format!(
            "<span class=\"commit\">commit <code>{hash}</code> of {}, see <a href=\"{FILE}\">its manifest</a></span>",
            date.get(..10).unwrap_or(date)
        );
        for entry in fs::read_dir(site)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "html") {
                let page = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
                if page.contains(UNPUBLISHED) {
                    fs::write(&path, page.replace(UNPUBLISHED, &published))?;
                }
            }
        }
        Ok(())
    }
}

/// Of the tools, and of what the lock file has of mdBook, skeptic and tokio.
fn versions(root: &Path) -> BTreeMap<String, String> {
    let mut versions = BTreeMap::new();
    for (name, tool) in [("rustc", "rustc"), ("cargo", "cargo")] {
        let said = Command::new(tool).arg("--version").output();
        let said = said.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned());
        versions.extend(said.ok().map(|said| (name.to_owned(), said)));
    }
    versions.extend(python::version().map(|said| ("python".to_owned(), said)));
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap_or_default();
    let locked = toml::from_str::<Lock>(&lock).map(|lock| lock.package).unwrap_or_default();
    let named = locked.into_iter().filter(|package| {
        ["tokio", "futures", "mdbook-driver", "mdbook-mermaid", "skeptic"]
            .contains(&package.name.as_str())
    });
    versions.extend(named.map(|package| (package.name, package.version)));
    versions
}

/// What is read of `Cargo.lock`.
#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

/// A package in it.
#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
}

fn git(root: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new("git")
        // `status` would write the index, and leave a lock if it is killed.
        .arg("--no-optional-locks")
        .args(arguments)
        .current_dir(root)
        .env("TZ", "UTC")
        .output();
    let output = output.context("there is no `git` here: install it from https://git-scm.com")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`git {}` failed: {}", arguments.join(" "), said.trim());
    Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}
