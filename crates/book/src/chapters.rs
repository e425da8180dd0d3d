//! The pages of the book and their marked regions.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use pages::regions::{self, Region, View};

/// The word of the markers around the book's own figures.
pub const COUNTED: &str = "counted";

/// A page: a chapter, or the README.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// Its file, below the book's root.
    pub path: PathBuf,
    /// Its markdown.
    pub text: String,
    /// Its regions; none if any marker is wrong.
    pub regions: Vec<Region>,
}

/// All pages of a book.
#[derive(Clone, Debug, Default)]
pub struct Chapters {
    /// In the order of their paths.
    pub pages: Vec<Chapter>,
    /// What their markers have wrong, each with its file and line.
    pub problems: Vec<String>,
}

impl Chapters {
    /// Reads `README.md` and every markdown file below `src/`.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn read(root: &Path) -> Result<Self> {
        let mut chapters = Chapters::default();
        let mut paths = vec![root.join("README.md")];
        markdown(&root.join("src"), &mut paths)?;
        paths.sort();
        for path in paths {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let path = path.strip_prefix(root).unwrap_or(&path).to_owned();
            let (mut regions, mut problems) = regions::parse(&text);
            problems.extend(regions::parse_kind(COUNTED, &text).1);
            if !problems.is_empty() {
                regions.clear();
            }
            for problem in problems {
                let place = format!("{}:{}", path.display(), problem.line);
                chapters.problems.push(format!("{place}: {}", problem.why));
            }
            chapters.pages.push(Chapter { path, text, regions });
        }
        Ok(chapters)
    }

    /// The examples that the pages show.
    pub fn shown(&self) -> BTreeSet<&str> {
        self.examples(|view| view != View::Table)
    }

    /// Those of which they show a run, and not the listing alone: a program
    /// that computes, or starts others, is timed instead of recorded.
    pub fn recorded(&self) -> BTreeSet<&str> {
        self.examples(|view| !matches!(view, View::Table | View::Listing))
    }

    fn examples(&self, shows: impl Fn(View) -> bool) -> BTreeSet<&str> {
        let marks = self.pages.iter().flat_map(|page| &page.regions).map(|region| &region.mark);
        marks.filter(|mark| shows(mark.view)).map(|mark| mark.example.as_str()).collect()
    }
}

fn markdown(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry.with_context(|| folder.display().to_string())?.path();
        if path.is_dir() {
            markdown(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    Ok(())
}
