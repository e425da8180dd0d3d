//! `new`: a program in both languages and a chapter that shows it, to be
//! changed into what you have in mind.
//!
//! All of it is made, and recorded, in a copy of the pages and the programs.
//! Only what came out well is written to the book: all of it or nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use pages::library::Book;

use crate::change::{self, Change};
use crate::record::Plan;
use crate::runs::Runner;

/// What is to be laid down.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The example's name, after what happens in it: `two_tasks_at_once`
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// The summary, to which the chapter is added.
const SUMMARY: &str = "src/SUMMARY.md";

/// The examples' manifest, which names each of them.
const MANIFEST: &str = "examples/Cargo.toml";

/// Words that are no names of an example: Rust's own, and the marker's.
const TAKEN: [&str; 41] = [
    "abstract", "all", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "pub", "return", "self", "static",
    "struct", "super", "test", "trait", "true", "type", "use",
];

/// Lays down the example and its chapter, recorded, in the book at `root`.
/// Returns the files that were written, below `root`.
///
/// # Errors
///
/// When the name is taken or is no name, when a program cannot be recorded, and
/// when a file cannot be written; the book is then as it was.
pub fn new(root: &Path, name: &str, runner: &dyn Runner) -> Result<Vec<PathBuf>> {
    check(name)?;
    let page = format!("src/{}.md", name.replace('_', "-"));
    for taken in [format!("examples/{name}"), page.clone()] {
        ensure!(!root.join(&taken).exists(), "there is a {taken} already: choose another name");
    }
    let copy = recorder::scratch::folder().context("no folder for a copy of the book")?;
    for part in ["README.md", "src", "examples"] {
        copy_all(&root.join(part), &copy.path().join(part))?;
    }
    let title = title(name);
    let filled = |text: &str| text.replace("NAME", name).replace("TITLE", &title);
    let summary = read(root, SUMMARY)?;
    let manifest = read(root, MANIFEST)?;
    let mut files = BTreeSet::new();
    for (path, text) in [
        (format!("examples/{name}/main.rs"), filled(include_str!("new/program.rs.txt"))),
        (format!("examples/{name}/main.py"), filled(include_str!("new/program.py.txt"))),
        (MANIFEST.to_owned(), with_example(&manifest, name)),
        (page.clone(), filled(include_str!("new/chapter.md"))),
        (SUMMARY.to_owned(), with_chapter(&summary, &title, &page)),
    ] {
        let change = Change { path: path.into(), old: String::new(), new: text, because: vec![] };
        change.write(copy.path())?;
        files.insert(change.path);
    }
    let plan = Plan::make(&Book::read(copy.path())?, &[name.to_owned()], runner)?;
    let wrong: Vec<_> = plan.errors.iter().chain(&plan.skipped).map(String::as_str).collect();
    ensure!(wrong.is_empty(), "it cannot be recorded: {}", wrong.join("\n"));
    for change in &plan.changes {
        change.write(copy.path())?;
        files.insert(change.path.clone());
    }
    let changes: Result<Vec<Change>> = files
        .iter()
        .map(|path| {
            let old = fs::read_to_string(root.join(path)).unwrap_or_default();
            let new = fs::read_to_string(copy.path().join(path))?;
            Ok(Change { path: path.clone(), old, new, because: vec![] })
        })
        .collect();
    change::write_all(root, &changes?)?;
    Ok(files.into_iter().collect())
}

/// Refuses what cannot name a folder, a program and a page.
fn check(name: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
    let ends = !name.ends_with('_') && !name.contains("__");
    if !(begins && ends && name.chars().all(plain) && name.len() <= 40) {
        bail!(
            "`{name}` is no name of an example: up to 40 small letters, digits and single \
             underscores, as in `two_tasks_at_once`"
        );
    }
    ensure!(!TAKEN.contains(&name), "`{name}` has a meaning already: choose another name");
    Ok(())
}

/// `Two tasks at once` of `two_tasks_at_once`.
fn title(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The manifest with one more example, in the order of the alphabet.
fn with_example(manifest: &str, name: &str) -> String {
    let head = "[[example]]\n";
    let entry = format!("{head}name = \"{name}\"\npath = \"{name}/main.rs\"\n");
    let later = manifest.match_indices(head).find(|(at, _)| {
        let other = manifest[*at..].split('"').nth(1);
        other.is_some_and(|other| other > name)
    });
    match later {
        Some((at, _)) => format!("{}{entry}\n{}", &manifest[..at], &manifest[at..]),
        None => format!("{}\n\n{entry}", manifest.trim_end()),
    }
}

/// The summary with one more chapter, before the appendices.
fn with_chapter(summary: &str, title: &str, page: &str) -> String {
    let line = format!("- [{title}]({})\n", page.trim_start_matches("src/"));
    match summary.find("\n# Appendices") {
        Some(at) => format!("{}{line}{}", &summary[..at], &summary[at..]),
        None => format!("{}\n{line}", summary.trim_end()),
    }
}

fn read(root: &Path, path: &str) -> Result<String> {
    fs::read_to_string(root.join(path)).with_context(|| path.to_owned())
}

/// Copies a file, or a folder with all that is in it.
fn copy_all(from: &Path, to: &Path) -> Result<()> {
    let cannot = || format!("cannot copy {}", from.display());
    if !from.is_dir() {
        fs::copy(from, to).with_context(cannot)?;
        return Ok(());
    }
    fs::create_dir_all(to).with_context(cannot)?;
    for entry in fs::read_dir(from).with_context(cannot)? {
        let entry = entry.with_context(cannot)?;
        copy_all(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_happens_in_small_letters() {
        for name in ["v9", "two_tasks_at_once", "x"] {
            check(name).unwrap();
        }
        for name in [
            "",
            "V9",
            "9v",
            "_x",
            "x_",
            "a__b",
            "a-b",
            "a b",
            "../x",
            "naïve",
            "all",
            "fn",
            "a/b",
            "a_name_that_is_too_long_to_be_read_in_one_go",
        ] {
            check(name).unwrap_err();
        }
    }

    #[test]
    fn an_example_stands_in_the_order_of_the_alphabet() {
        let entry = |name| format!("[[example]]\nname = \"{name}\"\npath = \"{name}/main.rs\"\n");
        let both = format!("[package]\n\n{}\n{}", entry("b"), entry("d"));
        let with = |name: &str| with_example(&both, name);
        assert_eq!(with("a"), both.replace(&entry("b"), &(entry("a") + "\n" + &entry("b"))));
        assert_eq!(with("c"), both.replace(&entry("d"), &(entry("c") + "\n" + &entry("d"))));
        assert_eq!(with("e"), both.clone() + "\n" + &entry("e"));
        assert_eq!(with_example("[package]\n", "a"), format!("[package]\n\n{}", entry("a")));
    }

    #[test]
    fn a_chapter_stands_before_the_appendices() {
        let summary = "# Summary\n\n- [A](a.md)\n\n# Appendices\n\n- [B](b.md)\n";
        let with = with_chapter(summary, "A b", "src/a-b.md");
        assert_eq!(with, summary.replace("(a.md)\n", "(a.md)\n- [A b](a-b.md)\n"));
        assert_eq!(with_chapter("- [A](a.md)\n", "B", "src/b.md"), "- [A](a.md)\n- [B](b.md)\n");
    }
}
