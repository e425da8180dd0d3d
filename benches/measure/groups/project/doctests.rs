//! The blocks of the chapters as tests: by skeptic, as `cargo test` runs them,
//! and by rustdoc, which compiles all blocks of an edition as one program.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use pages::library::Book;

use crate::child;
use crate::run::{Run, Value, cargo, target};

const PACKAGE: &str = r#"[package]
name = "chapters"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
tokio = { version = "1", features = ["full"] }
futures = "0.3"

[profile.dev]
debug = "line-tables-only"
"#;

/// A package whose documentation is the book's chapters.
pub struct Chapters {
    folder: PathBuf,
}

impl Chapters {
    /// Makes it, and compiles what both kinds of tests need before they begin.
    pub fn new(run: &Run) -> Result<Self> {
        let folder = run.workshop.path().join("chapters");
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), PACKAGE)?;
        fs::copy(run.root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        let mut documentation = String::new();
        let pages = Book::read(&run.root)?.pages.into_iter();
        let chapters = pages.filter(|page| page.path.starts_with("src"));
        let with_blocks = chapters.filter(|page| page.text.contains("```rust"));
        for (index, page) in with_blocks.enumerate() {
            let page = run.root.join(page.path);
            writeln!(documentation, "#[doc = include_str!({page:?})]\npub mod page_{index} {{}}")?;
        }
        fs::write(folder.join("src/lib.rs"), documentation)?;
        let chapters = Chapters { folder };
        child::output(&mut chapters.cargo(&["build"])?, Duration::from_secs(900))?;
        child::output(skeptic(run)?.arg("--no-run"), Duration::from_secs(900))?;
        Ok(chapters)
    }

    fn cargo(&self, arguments: &[&str]) -> Result<Command> {
        let mut command = cargo();
        command.args(arguments).args(["--offline", "--target-dir"]).arg(&target()?);
        command.current_dir(&self.folder);
        Ok(command)
    }

    /// Tests all blocks: the time, and how much of it each block has.
    pub fn test(&self, run: &Run, by: &str) -> Result<Vec<Value>> {
        let mut command =
            if by == "skeptic" { skeptic(run)? } else { self.cargo(&["test", "--doc"])? };
        let start = Instant::now();
        let output = child::output(&mut command, Duration::from_secs(900))?;
        let took = start.elapsed().as_secs_f64();
        let blocks: u32 = output.lines().filter_map(passed).sum();
        ensure!(blocks > 0, "no block was tested");
        Ok(vec![
            Value::new("time", "s", took),
            Value::new("each", "ms", took * 1e3 / f64::from(blocks)),
            Value::new("blocks", "", f64::from(blocks)),
        ])
    }
}

fn skeptic(run: &Run) -> Result<Command> {
    let mut command = cargo();
    command.args(["test", "--offline", "--test", "book", "--target-dir"]).arg(&target()?);
    command.current_dir(&run.root);
    Ok(command)
}

/// Reads `test result: ok. 118 passed; …`.
fn passed(line: &str) -> Option<u32> {
    line.strip_prefix("test result: ok. ")?.split_once(" passed")?.0.parse().ok()
}
