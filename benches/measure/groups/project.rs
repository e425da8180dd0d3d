//! The project's own speed: its tools, doing what readers and authors wait for.
//!
//! The tools are measured as `cargo run` has them, compiled for debugging, and
//! compiled before the clock starts.

mod copies;
mod doctests;
mod reader;
mod traced;

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use costs::Group;
use pages::library::Book;

use self::doctests::Chapters;
use self::reader::Reader;
use self::traced::Traced;
use crate::child;
use crate::run::{Cell, Run, Value, cargo, target};

/// How many times as many chapters a copy of the book has.
const SIZES: [u64; 3] = [1, 10, 100];

pub fn measure(run: &Run) -> (Group, bool) {
    let mut cells = vec![
        Cell::new("open", "book"),
        Cell::new("reload", "book"),
        Cell::new("record", "book"),
        Cell::new("traced", "current_thread"),
        Cell::new("alone", "current_thread"),
        Cell::new("traced", "asyncio"),
        Cell::new("alone", "asyncio"),
        Cell::new("doctests", "skeptic"),
        Cell::new("doctests", "rustdoc"),
    ];
    let sizes = if run.quick { &SIZES[..2] } else { &SIZES[..] };
    for n in sizes {
        cells.push(Cell::of("build", "book", *n as f64));
        cells.push(Cell::of("build", "floor", *n as f64));
    }
    // Made when they are first wanted, so that what cannot be made is left out.
    let (mut tool, mut chapters) = (None, None);
    let mut traced: HashMap<String, Traced> = HashMap::new();
    run.rounds(3, &cells, vec![], |cell| {
        if tool.is_none() {
            tool = Some(build_tool(run)?);
        }
        let tool = tool.as_deref().expect("it was just made");
        let n = cell.x.unwrap_or(1.0) as u64;
        let copy = || copies::book(&run.root, &run.workshop.path().join(format!("book-{n}")), n);
        match (&*cell.what, &*cell.by) {
            ("record", _) => record(run, tool),
            ("open", _) => Ok(vec![seconds(Reader::start(tool, &run.root)?.1)]),
            ("reload", _) => {
                let book = copy()?;
                Ok(vec![seconds(Reader::start(tool, &book)?.0.reload(&book)?)])
            }
            ("build", "book") => build(tool, &copy()?),
            ("build", _) => copies::site(&copy()?),
            ("traced" | "alone", by) => {
                if !traced.contains_key(by) {
                    traced.insert(by.to_owned(), Traced::new(run, tool, by)?);
                }
                let program = &traced[by];
                if cell.what == "traced" { program.with(tool) } else { program.alone() }
            }
            (_, by) => {
                if chapters.is_none() {
                    chapters = Some(Chapters::new(run)?);
                }
                chapters.as_ref().expect("it was just made").test(run, by)
            }
        }
    })
}

fn seconds(time: Duration) -> Value {
    Value::new("time", "s", time.as_secs_f64())
}

/// The book's command, as `cargo run` makes it.
fn build_tool(run: &Run) -> Result<std::path::PathBuf> {
    let mut command = cargo();
    command.args(["build", "--quiet", "--package", "book"]).arg("--target-dir").arg(&target()?);
    child::output(command.current_dir(&run.root), Duration::from_secs(900))?;
    Ok(target()?.join("debug/book"))
}

/// All examples recorded once more and compared, nothing written.
fn record(run: &Run, tool: &Path) -> Result<Vec<Value>> {
    let mut command = Command::new(tool);
    command.args(["record", "--check"]).current_dir(&run.root);
    command.env("CARGO_TARGET_DIR", &target()?);
    let start = Instant::now();
    child::output(&mut command, Duration::from_secs(900))?;
    let took = start.elapsed();
    let recordings = Book::read(&run.root)?.recordings.len();
    let each = took.as_secs_f64() * 1e3 / recordings as f64;
    Ok(vec![seconds(took), Value::new("each", "ms", each)])
}

/// The static site of the book at `book`.
fn build(tool: &Path, book: &Path) -> Result<Vec<Value>> {
    let site = copies::site_of(book);
    let mut command = Command::new(tool);
    command.args(["build", "--dest-dir"]).arg(&site).current_dir(book);
    let start = Instant::now();
    child::output(&mut command, Duration::from_secs(600))?;
    let took = start.elapsed();
    ensure!(fs::exists(site.join("index.html"))?, "no site was built");
    Ok(vec![seconds(took)])
}
