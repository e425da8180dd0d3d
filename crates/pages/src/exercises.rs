//! The exercises: programs with a fault in them, for readers to mend.
//!
//! | in `exercises/NAME/` | is |
//! |---|---|
//! | `exercise.toml` | what the run has to be, the hint, and how each program below fails |
//! | `start.rs`, `start.py` | the program with the fault |
//! | `solution.rs`, `solution.py` | one that passes |
//! | `wrong_….rs`, `wrong_….py` | answers that are plausible, and fail |
//!
//! A chapter shows one between `<!-- exercise: NAME -->` and `<!-- /exercise -->`;
//! what is there is made from these files, by `record`, and is all of the exercise
//! where no script runs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use recording::event::Language;
use recording::exercise::Exercise;
use recording::listing::Listing;
use serde::Deserialize;

use crate::regions;

/// The word of the markers around an exercise.
pub const KIND: &str = "exercise";

/// Where they are, below the root of the book.
pub const FOLDER: &str = "exercises";

/// An exercise of the book.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its folder's name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// What `exercise.toml` says.
    pub told: Told,
}

/// What `exercise.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// In markdown.
    pub hint: String,
    /// Why the start cannot be run as a block of the page, if it cannot.
    pub no_run: Option<String>,
    /// What the run has to be.
    pub asks: Exercise,
    /// How each program but the solution fails, by the stem of its file, or by its
    /// whole name where the twins differ: a [way](recording::exercise::Verdict::way).
    pub fails: BTreeMap<String, String>,
}

impl Task {
    /// Reads the exercise in `folder`.
    ///
    /// # Errors
    ///
    /// When its file is not there, or is no exercise.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("exercise.toml");
        let toml = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let told = toml::from_str(&toml).with_context(|| path.display().to_string())?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Task { name, folder: folder.to_owned(), told })
    }

    /// The exercise of that name in the book at `root`, if there is one: what was asked
    /// for is compared with names and never becomes one.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn find(root: &Path, name: &str) -> Result<Option<Self>> {
        let mut folders = folders(root)?.into_iter();
        let found = folders.find(|folder| folder.file_name().is_some_and(|it| it == name));
        found.as_deref().map(Self::read).transpose()
    }

    /// All of the book at `root`, by name.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read.
    pub fn all(root: &Path) -> Result<Vec<Self>> {
        folders(root)?.iter().map(|folder| Self::read(folder)).collect()
    }

    /// Its programs: the files, by name.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn programs(&self) -> Result<Vec<PathBuf>> {
        let mut files = entries(&self.folder)?;
        files.retain(|file| file.extension().is_some_and(|it| it == "rs" || it == "py"));
        Ok(files)
    }

    /// How the program in `file` is to be judged.
    pub fn way(&self, file: &Path) -> Option<&str> {
        let name = file.file_name()?.to_str()?;
        let stem = file.file_stem()?.to_str()?;
        if stem == "solution" {
            return Some("passed");
        }
        let fails = &self.told.fails;
        fails.get(name).or_else(|| fails.get(stem)).map(String::as_str)
    }

    /// What a chapter shows of it: the program, its twin, a hint and a solution, the
    /// last three folded.
    ///
    /// # Errors
    ///
    /// When a program cannot be read.
    pub fn markdown(&self) -> Result<String> {
        let block = |stem: &str, language: Language| -> Result<String> {
            let end = if language == Language::Rust { "rs" } else { "py" };
            let path = self.folder.join(format!("{stem}.{end}"));
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            ensure!(!text.trim().is_empty(), "{} is empty", path.display());
            let block = regions::listing(language, &Listing { text, first: 1 });
            Ok(match &self.told.no_run {
                Some(why) if stem == "start" && language == Language::Rust => {
                    let block = block.replacen("```rust\n", "```rust,no_run\n", 1);
                    format!("<!-- no_run: {why} -->\n\n{block}")
                }
                _ => block,
            })
        };
        let fold = |summary: &str, inside: &str| {
            format!("<details>\n<summary>{summary}</summary>\n\n{}\n\n</details>\n", inside.trim())
        };
        let parts = [
            block("start", Language::Rust)?,
            fold("The same in Python", &block("start", Language::Python)?),
            fold("A hint", &self.told.hint),
            fold(
                "A solution",
                &[block("solution", Language::Rust)?, block("solution", Language::Python)?]
                    .join("\n"),
            ),
        ];
        Ok(parts.join("\n"))
    }
}

/// Their folders, by name; a book may have none.
fn folders(root: &Path) -> Result<Vec<PathBuf>> {
    let folder = root.join(FOLDER);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut folders = entries(&folder)?;
    folders.retain(|entry| entry.is_dir());
    Ok(folders)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = || -> std::io::Result<Vec<PathBuf>> {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
        entries.sort();
        Ok(entries)
    };
    read().with_context(|| folder.display().to_string())
}
