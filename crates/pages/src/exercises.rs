//! The exercises: programs with a fault in them, for readers to mend.
//!
//! | in `exercises/NAME/` | is |
//! |---|---|
//! | `exercise.toml` | what the run has to be, the hint, and how each program below fails |
//! | `start.rs`, `start.py` | the program with the fault |
//! | `solution.rs`, `solution.py` | one that passes |
//! | `right_….rs`, `right_….py` | answers by another way, which pass |
//! | `wrong_….rs`, `wrong_….py` | answers that are plausible, and fail |
//!
//! A chapter shows one between `<!-- exercise: NAME -->` and `<!-- /exercise -->`;
//! what is there is made from these files, by `record`, and is all of the exercise
//! where no script runs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use recording::event::Language;
use recording::exercise::Exercise;
use recording::listing::Listing;
use serde::Deserialize;

use crate::library::{Book, EXERCISE, entries};
use crate::regions::{self, Marked};

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
    /// How each program fails that is to fail, by the stem of its file, or by its
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
        if stem == "solution" || stem.starts_with("right_") {
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

/// What the pages show of each exercise, by name; and what is wrong: those that no page
/// shows, and those that there are not.
pub fn contents(book: &Book) -> (BTreeMap<String, String>, Vec<String>) {
    let (mut contents, mut wrong) = (BTreeMap::new(), Vec::new());
    let all = Task::all(&book.root).unwrap_or_else(|error| {
        wrong.push(format!("{error:#}"));
        Vec::new()
    });
    for task in all {
        match task.markdown() {
            Ok(content) => {
                contents.insert(task.name, content);
            }
            Err(error) => wrong.push(format!("{error:#}")),
        }
    }
    let mut missing: BTreeSet<String> = contents.keys().cloned().collect();
    for page in &book.pages {
        for Marked { mark, line, .. } in regions::parse_kind(EXERCISE, &page.text).0 {
            missing.remove(&mark);
            // What cannot be read is said already.
            if !contents.contains_key(&mark) && wrong.is_empty() {
                let place = page.path.display();
                wrong.push(format!("{place}:{line}: there is no exercises/{mark}"));
            }
        }
    }
    wrong.extend(missing.into_iter().map(|name| {
        format!(
            "no page shows exercises/{name}: put `<!-- exercise: {name} -->` and \
             `<!-- /exercise -->` into one"
        )
    }));
    (contents, wrong)
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

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: &str = "hint = \"Look.\"\nno_run = \"it never ends\"\n\
        [asks]\noutput = []\nearliest = 0\nlatest = 0\n[asks.says]\nlate = \"Sooner.\"\n\
        [fails]\nstart = \"late\"\n\"start.py\" = \"output\"\n";

    /// A book with one exercise, `a`, and a page that says this.
    fn book(page: &str, told: &str) -> (tempfile::TempDir, Book) {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("exercises/a/exercise.toml", told);
        for name in ["start.rs", "solution.rs", "start.py", "solution.py"] {
            write(&format!("exercises/a/{name}"), &format!("{name}\n"));
        }
        write("README.md", "");
        write("src/page.md", page);
        write("examples/none", "");
        let book = Book::read(folder.path()).unwrap();
        (folder, book)
    }

    #[test]
    fn an_exercise_is_shown_as_a_program_and_three_folds() {
        let (_folder, book) = book("<!-- exercise: a -->\n\n<!-- /exercise -->\n", TOLD);
        let (contents, wrong) = contents(&book);
        assert_eq!(wrong, [""; 0]);
        let expected = "<!-- no_run: it never ends -->\n\n```rust,no_run\nstart.rs\n```\n\n\
            <details>\n<summary>The same in Python</summary>\n\n```python\nstart.py\n```\n\n</details>\n\n\
            <details>\n<summary>A hint</summary>\n\nLook.\n\n</details>\n\n\
            <details>\n<summary>A solution</summary>\n\n```rust\nsolution.rs\n```\n\n\
            ```python\nsolution.py\n```\n\n</details>\n";
        assert_eq!(contents["a"], expected);
    }

    #[test]
    fn what_is_missing_is_said() {
        for (page, told, says) in [
            ("", TOLD, "no page shows exercises/a"),
            (
                "<!-- exercise: b -->\n\n<!-- /exercise -->\n",
                TOLD,
                "src/page.md:1: there is no exercises/b",
            ),
            ("<!-- exercise: a -->\n\n<!-- /exercise -->\n", "hint = 1\n", "exercise.toml"),
        ] {
            let (_folder, book) = book(page, told);
            let wrong = contents(&book).1.join("\n");
            assert!(wrong.contains(says), "{says}: {wrong}");
        }
    }

    #[test]
    fn a_program_fails_as_its_name_or_its_stem_says() {
        let (_folder, book) = book("", TOLD);
        let task = Task::find(&book.root, "a").unwrap().unwrap();
        let way = |name| task.way(Path::new(name));
        assert_eq!((way("start.rs"), way("start.py")), (Some("late"), Some("output")));
        assert_eq!((way("solution.py"), way("wrong_b.rs")), (Some("passed"), None));
        assert!(Task::find(&book.root, "../exercises/a").unwrap().is_none());
    }
}
