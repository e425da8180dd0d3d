//! `matrix`: the book's programs, and those made for it in `src/differs`, run on
//! every Python, event loop and tokio at hand. What differs goes into the marked
//! regions of the page *Where it differs*; what agrees is counted.
//!
//! A region is marked as all are: `<!-- compared: one_deadline -->` shows what
//! `src/differs/one_deadline.py` does where, `<!-- compared: columns -->` on what
//! all was run, and `<!-- compared: others -->` the book's programs that differ.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`columns`] | what programs are run on, found or installed |
//! | [`rows`] | a program, and what came of it on each |
//! | [`page`] | what a region shows |

pub mod columns;
pub mod page;
pub mod rows;

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use anyhow::{Context, Result, bail, ensure};
use pages::library::Book;
use pages::regions::{self, Marked};
use recorder::process;
use recorder::program::Program;
use recording::event::Language;
use recording::words::count;

use crate::change::{self, Change};
use columns::Column;
use rows::{Cell, Row, Subject};
use trace::progress::Progress;

/// The page, below the book's root.
pub const PAGE: &str = "src/where-it-differs.md";

/// The folder of the programs that were made for it.
const FOLDER: &str = "src/differs";

/// The word of the markers.
const COMPARED: &str = "compared";

/// What is compared, and how.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The programs to compare; without a name, all that the pages show, and all in src/differs
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Also on this Python: a path, or a command in PATH
    #[arg(long, value_name = "PYTHON")]
    pub with: Vec<OsString>,
    /// Install nothing: leave out the loops and tokios that have to come from a registry
    #[arg(long)]
    pub offline: bool,
    /// Write nothing: print what is stale as a diff, and fail if anything is
    #[arg(long)]
    pub check: bool,
}

/// Runs the command.
///
/// # Errors
///
/// When there is no such program, nothing to run it on, or a marker is wrong;
/// with `--check` also when the page is stale. Nothing has been written then.
pub fn matrix(root: &Path, options: &Options) -> Result<()> {
    let text = fs::read_to_string(root.join(PAGE)).with_context(|| PAGE.to_owned())?;
    let (marks, problems) = regions::parse_kind(COMPARED, &text);
    if let Some(problem) = problems.first() {
        bail!("{PAGE}:{}: {}", problem.line, problem.why);
    }
    let book = Book::read(root)?;
    let own = own(root)?;
    for Marked { mark, line, .. } in &marks {
        ensure!(
            ["columns", "others"].contains(&mark.as_str()) || own.iter().any(|it| it.name == *mark),
            "{PAGE}:{line}: no program {FOLDER}/{mark}, nor `columns` or `others`"
        );
    }
    let subjects = subjects(&book, own, &options.names)?;
    for subject in subjects.iter().filter(|subject| subject.is_own) {
        let name = &subject.program.name;
        ensure!(
            marks.iter().any(|mark| mark.mark == *name),
            "{PAGE} shows no {name}: put `<!-- compared: {name} -->` and `<!-- /compared -->` into it"
        );
    }
    let (columns, missing) = columns::all(&book, &subjects, &options.with, options.offline)?;
    for missing in &missing {
        eprintln!("missing: {missing}");
    }
    ensure!(!columns.is_empty(), "no Python 3.9 or later, and no tokio, to run them on");
    let rows = run(&columns, &subjects)?;
    let cells: usize = rows.iter().map(|row| row.cells.len()).sum();
    let filled: usize = rows.iter().flat_map(|row| &row.cells).filter(|(_, it)| it.is_ok()).count();
    let differ = rows.iter().filter(|row| row.groups().len() > 1).count();
    for row in &rows {
        for (column, cell) in &row.cells {
            if let Err(why) = cell {
                eprintln!("{} on {}: {why}", row.subject.program.name, columns[*column].name());
            }
        }
    }
    eprintln!(
        "{filled} of {} on {}; {} somewhere",
        count(cells, "cell"),
        count(columns.len(), "column"),
        match differ {
            1 => "1 program differs".to_owned(),
            n => format!("{n} programs differ"),
        }
    );
    let new = regions::fill_kind(COMPARED, &text, |region| {
        page::region(&region.mark, &columns, &missing, &rows, options.names.is_empty())
    });
    let change =
        Change { path: PAGE.into(), old: text, new, because: vec!["where it differs".to_owned()] };
    if change.old == change.new {
        return Ok(());
    }
    if options.check {
        trace::say::print(change.diff().trim_end())?;
        bail!("{PAGE} is not what the programs do here: run `cargo run -- matrix`");
    }
    change::write_all(root, &[change])?;
    trace::say::print(PAGE)
}

/// The programs in [`FOLDER`].
fn own(root: &Path) -> Result<Vec<Program>> {
    let entries = fs::read_dir(root.join(FOLDER)).with_context(|| FOLDER.to_owned())?;
    entries.map(|entry| Program::at(&entry?.path())).collect()
}

/// The programs to run: those that were made for it, and the book's that are recorded.
fn subjects(book: &Book, own: Vec<Program>, names: &[String]) -> Result<Vec<Subject>> {
    let recorded = book.recorded();
    let mut books = Vec::new();
    for example in book.examples.iter().filter(|it| recorded.contains(it.name.as_str())) {
        for language in [Language::Rust, Language::Python] {
            let Some(source) = example.program(language) else { continue };
            let (name, path) = (example.name.clone(), source.path.clone());
            books.push(Program { name, path, language, args: Vec::new() });
        }
    }
    let own = own.into_iter().map(|program| (program, true));
    let all = own.chain(books.into_iter().map(|program| (program, false)));
    let asked = all.filter(|(program, _)| names.is_empty() || names.contains(&program.name));
    let mut subjects = asked
        .map(|(program, is_own)| Subject::read(program, is_own))
        .collect::<Result<Vec<Subject>>>()?;
    for name in names {
        ensure!(
            subjects.iter().any(|subject| subject.program.name == *name),
            "there is no program `{name}` in {FOLDER}, and none of the book's that is recorded"
        );
    }
    subjects.sort_by(|a, b| {
        (&a.program.name, a.program.language as u8)
            .cmp(&(&b.program.name, b.program.language as u8))
    });
    Ok(subjects)
}

/// Runs each program on each column of its language.
fn run(columns: &[Column], subjects: &[Subject]) -> Result<Vec<Row>> {
    let jobs: Vec<(usize, usize)> = (0..subjects.len())
        .flat_map(|subject| (0..columns.len()).map(move |column| (subject, column)))
        .filter(|(subject, column)| columns[*column].is_for(&subjects[*subject]))
        .collect();
    let progress = Progress::of(jobs.len(), "run");
    let firsts: Vec<OnceLock<Cell>> = subjects.iter().map(|_| OnceLock::new()).collect();
    let mut cells = columns::together(columns, &jobs, |(subject, column)| {
        let mut cell = columns[column].run(&subjects[subject]);
        if let Ok(cell) = &mut cell
            && !subjects[subject].is_own
        {
            cell.keep_apart(&firsts[subject]);
        }
        progress.step();
        cell
    });
    ensure!(!process::is_interrupted(), columns::INTERRUPTED);
    let mut rows: Vec<Row> = subjects.iter().cloned().map(Row::of).collect();
    for (subject, column) in jobs {
        let cell = cells.remove(&(subject, column)).context("each job has an answer")?;
        rows[subject].cells.push((column, cell.map_err(|error| format!("{error:#}"))));
    }
    drop(progress);
    let progress = Progress::of(rows.len(), "compared");
    for row in &mut rows {
        again(row, columns);
        progress.step();
    }
    ensure!(!process::is_interrupted(), columns::INTERRUPTED);
    Ok(rows)
}

/// Runs again what does not agree with the first and is on the machine's clock: it
/// may have been disturbed by what else the machine has to do.
fn again(row: &mut Row, columns: &[Column]) {
    let first = row.cells.iter().find_map(|(_, cell)| cell.clone().ok());
    let Some(first) = first.filter(|_| !row.is_by_chance()) else { return };
    for (column, cell) in &mut row.cells {
        let Ok(ran) = cell else { continue };
        for _ in 0..3 {
            if ran.is_exact || ran.several.is_some() || ran.agrees(&first) {
                break;
            }
            if let Ok(other) = columns[*column].run(&row.subject) {
                *ran = other;
            }
        }
    }
}
