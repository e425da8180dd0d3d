//! Copies of the book with many times its chapters.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::run::Value;

/// The book at `root` in `folder`, with `n` times its chapters, if it is not
/// there already. Returns `folder`.
pub fn book(root: &Path, folder: &Path, n: u64) -> Result<PathBuf> {
    if folder.join("book.toml").exists() {
        return Ok(folder.to_owned());
    }
    let src = folder.join("src");
    tree(&root.join("src"), &src)?;
    tree(&root.join("theme"), &folder.join("theme"))?;
    let file = src.join("SUMMARY.md");
    let summary = fs::read_to_string(&file).context("the book has a summary")?;
    let mut more = summary.clone();
    for copy in 1..n {
        let name = format!("copy-{copy}");
        pages(&root.join("src"), &src.join(&name))?;
        // Each line `- [Title](page.md)` names a page; the titles of the parts stay.
        let links = summary.lines().filter(|line| line.trim_start().starts_with("- ["));
        let moved = links.map(|line| line.replace("](", &format!("]({name}/")) + "\n");
        more += &format!("\n# Copy {copy}\n\n{}", moved.collect::<String>());
    }
    fs::write(file, more)?;
    // Last: now it is whole.
    fs::copy(root.join("book.toml"), folder.join("book.toml"))?;
    Ok(folder.to_owned())
}

/// Where the site of the book at `book` is built.
pub fn site_of(book: &Path) -> PathBuf {
    book.with_extension("site")
}

/// The floor of a build: to write the files that it has written.
pub fn site(book: &Path) -> Result<Vec<Value>> {
    let (site, copy) = (site_of(book), book.with_extension("copy"));
    let start = Instant::now();
    tree(&site, &copy)?;
    let took = start.elapsed();
    fs::remove_dir_all(&copy)?;
    Ok(vec![Value::new("time", "s", took.as_secs_f64())])
}

fn tree(from: &Path, to: &Path) -> Result<()> {
    copy(from, to, &|_| true)
}

fn pages(from: &Path, to: &Path) -> Result<()> {
    copy(from, to, &|file| file.extension().is_some_and(|extension| extension == "md"))
}

fn copy(from: &Path, to: &Path, wanted: &dyn Fn(&Path) -> bool) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("no {}", from.display()))? {
        let entry = entry?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&path, &to, wanted)?;
        } else if wanted(&path) {
            fs::copy(&path, &to)?;
        }
    }
    Ok(())
}
