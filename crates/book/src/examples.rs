//! The examples: a folder each in `examples/`, with a `main.rs` and its twin
//! in asyncio, `main.py`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use recorder::program::Program;
use recording::event::Language;
use recording::listing::Listing;

/// The names of all examples, sorted.
///
/// # Errors
///
/// When `examples/` cannot be read.
pub fn names(root: &Path) -> Result<Vec<String>> {
    let folder = root.join("examples");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let entry = entry.with_context(|| folder.display().to_string())?;
        let holds = |file: &str| entry.path().join(file).is_file();
        if holds("main.rs") || holds("main.py") {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// The program of the example `name` in `language`, whether it exists or not.
pub fn program(root: &Path, name: &str, language: Language) -> Program {
    let file = if language == Language::Rust { "main.rs" } else { "main.py" };
    let path = root.join("examples").join(name).join(file);
    Program { name: name.to_owned(), path, language, args: Vec::new() }
}

/// What the book shows of a program.
///
/// # Errors
///
/// When the file cannot be read, or its anchors are wrong.
pub fn listing(program: &Program) -> Result<Listing> {
    let path = program.path.display();
    let source = fs::read_to_string(&program.path).with_context(|| path.to_string())?;
    Listing::of(&source).with_context(|| path.to_string())
}

/// What happens in an example, in the words of its header: the lines before
/// `Watch`.
///
/// # Errors
///
/// When the program cannot be read.
pub fn idea(root: &Path, name: &str) -> Result<String> {
    let path = program(root, name, Language::Rust).path;
    if !path.is_file() {
        return Ok(String::new());
    }
    let source = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let lines = source.lines().map_while(|line| line.strip_prefix("//! "));
    let idea: Vec<&str> = lines.take_while(|line| !line.starts_with("Watch")).collect();
    Ok(idea.join(" "))
}
