//! Puts what was measured on the pages: those under `src/cost`, and the chapters
//! in `src` that show a table of it.
//!
//! A page has regions like those for recordings, with a word of their own:
//! `<!-- measured: echo table -->`, a group and one of its
//! [views](crate::views::VIEWS), or `<!-- measured: echo_server listing -->`, a
//! program and `listing` or `python-listing`. A plot stands on the page as two
//! images, of which the style sheet shows the one for the theme (and GitHub too,
//! by the ends of their addresses).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use pages::library::{Book, Chapter};
use pages::regions;
use recording::event::Language;
use recording::listing::Listing;

use crate::data::{self, Measured, write_whole};
use crate::programs;
use crate::views::{VIEWS, View};

/// A file and the text that it should have.
pub type File = (PathBuf, String);

/// Writes every page and plot that is not what the data file says it should be.
///
/// # Errors
///
/// As [`files`]; then nothing is written. Or if a file cannot be written.
pub fn refresh(root: &Path) -> Result<()> {
    for (file, text) in files(root)? {
        if fs::read_to_string(&file).ok().as_ref() != Some(&text) {
            write_whole(&file, &text)?;
        }
    }
    Ok(())
}

/// All pages and plots of the book at `root`, as the data file says they are.
///
/// # Errors
///
/// All regions of all pages that ask for what there is not, each with its line.
pub fn files(root: &Path) -> Result<Vec<File>> {
    let measured = Measured::read(&data::path(root))?;
    let (mut files, mut problems) = (vec![], vec![]);
    for Chapter { path, text, .. } in Book::read(root)?.pages {
        if !text.contains("<!-- measured: ") {
            continue;
        }
        let shown = path.display();
        for problem in regions::parse_kind("measured", &text).1 {
            problems.push(format!("{shown}:{}: {}", problem.line, problem.why));
        }
        let filled = regions::fill_kind("measured", &text, |region| {
            match content(root, &measured, &region.mark) {
                Ok((content, plots)) => {
                    files.extend(plots);
                    content
                }
                Err(error) => {
                    problems.push(format!("{shown}:{}: {error:#}", region.line));
                    None
                }
            }
        });
        files.push((root.join(&path), filled));
    }
    if !problems.is_empty() {
        bail!("{}", problems.join("\n"));
    }
    Ok(files)
}

/// What a region shows, with the files that it needs; nothing where the group
/// has not been measured yet.
fn content(root: &Path, measured: &Measured, mark: &str) -> Result<(Option<String>, Vec<File>)> {
    let (name, view) = mark.split_once(' ').context("write `<!-- measured: NAME VIEW -->`")?;
    let language = match view {
        "listing" => Some((Language::Rust, "main.rs")),
        "python-listing" => Some((Language::Python, "main.py")),
        _ => None,
    };
    if let Some((language, file)) = language {
        let file = programs::folder(root).join(name).join(file);
        let source = fs::read_to_string(&file)
            .with_context(|| format!("there is no program {}", file.display()))?;
        let listing = regions::listing(language, &Listing::of(&source)?);
        return Ok((Some(never_ending(name, language, listing)), vec![]));
    }
    let (.., make) = VIEWS
        .iter()
        .find(|known| (known.0, known.1) == (name, view))
        .with_context(|| format!("there is no view `{name} {view}`"))?;
    let Some(group) = measured.groups.get(name) else { return Ok((None, vec![])) };
    Ok(match make(group)? {
        View::Text(text) => (Some(text), vec![]),
        View::Plot { alt, light, dark } => {
            let file = |theme: &str| format!("plots/{name}-{view}-{theme}.svg");
            let image = |theme| format!("![{alt}]({}#gh-{theme}-mode-only)\n", file(theme));
            let place = |theme| root.join("src/cost").join(file(theme));
            (
                Some(image("light") + &image("dark")),
                vec![(place("light"), light), (place("dark"), dark)],
            )
        }
    })
}

/// A server runs until it is stopped: the tests of the book only compile it.
fn never_ending(name: &str, language: Language, listing: String) -> String {
    if language == Language::Rust && name.starts_with("echo_") {
        let why = "<!-- no_run: because a server runs until it is stopped -->\n\n";
        return why.to_owned() + &listing.replacen("```rust", "```rust,no_run", 1);
    }
    listing
}
