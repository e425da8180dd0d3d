//! What the regions of the page show.

use std::fmt::Write as _;
use std::time::Duration;

use draw::{Look, Scene, output, text};
use recorder::program::Options;
use recording::event::Language;
use recording::findings::findings;
use recording::session::Ending;

use super::columns::{Column, Missing};
use super::rows::{Cell, Group, Row};

/// What the region `mark` shows; none where it is to stay as it is, since not `all`
/// was run that it would tell of.
pub fn region(
    mark: &str,
    columns: &[Column],
    missing: &[Missing],
    rows: &[Row],
    all: bool,
) -> Option<String> {
    match mark {
        "columns" => all.then(|| on_what(columns, missing, rows)),
        "others" => all.then(|| others(columns, missing, rows)),
        name => {
            let own = |row: &&Row| row.subject.is_own && row.subject.program.name == name;
            let shown = |row| listing(row) + "\n" + &program(columns, missing, row);
            let shown: String = rows.iter().filter(own).map(shown).collect();
            (!shown.is_empty()).then_some(shown)
        }
    }
}

/// A row for each column: how many programs ran on it, and how many of these do
/// what they do on most.
fn on_what(columns: &[Column], missing: &[Missing], rows: &[Row]) -> String {
    let mut table = "| on | programs run | of these with an output of their own | not run |\n\
                     |---|---|---|---|\n"
        .to_owned();
    for (i, column) in columns.iter().enumerate() {
        let cells = rows.iter().flat_map(|row| &row.cells).filter(|(of, _)| *of == i);
        let (ran, not): (Vec<_>, Vec<_>) = cells.partition(|(_, cell)| cell.is_ok());
        let differs = rows.iter().filter(|row| {
            let groups = row.groups();
            let most = groups.iter().map(|group| group.columns.len()).max().unwrap_or(0);
            let own = groups.iter().find(|group| group.columns.contains(&i));
            own.is_some_and(|own| own.columns.len() < most)
        });
        let _ = writeln!(
            table,
            "| {} | {} | {} | {} |",
            column.name(),
            ran.len(),
            differs.count(),
            not.len()
        );
    }
    let by_chance = rows.iter().filter(|row| row.is_by_chance()).count();
    let same = rows.iter().filter(|row| !row.is_by_chance() && row.groups().len() == 1).count();
    let _ = writeln!(
        table,
        "\n{same} programs of {} print the same wherever they run; {by_chance} more print one \
         output of several anyway, and are not compared.",
        rows.len()
    );
    for missing in missing {
        let _ = writeln!(table, "\nNot run on {missing}.");
    }
    table
}

/// The book's programs that print something else somewhere, each with what it
/// prints where. Those that merely do not end somewhere are counted.
fn others(columns: &[Column], missing: &[Missing], rows: &[Row]) -> String {
    let books = || rows.iter().filter(|row| !row.subject.is_own);
    let differ = books().filter(|row| row.groups().iter().filter(|it| has_ended(it)).count() > 1);
    let mut shown: String = differ
        .map(|row| {
            format!(
                "`{}` in {}:\n\n{}\n",
                row.subject.program.name,
                match row.subject.program.language {
                    Language::Rust => "Rust",
                    Language::Python => "Python",
                },
                program(columns, missing, row)
            )
        })
        .collect();
    if shown.is_empty() {
        shown += "No program of the book prints anything else anywhere.\n";
    }
    for (i, column) in columns.iter().enumerate() {
        let hang = books().filter(|row| {
            let groups = row.groups();
            let of_it = groups.iter().find(|group| group.columns.contains(&i));
            of_it.is_some_and(|it| !has_ended(it)) && groups.iter().any(has_ended)
        });
        let name = column.name();
        let seconds = Options::default().timeout.as_secs();
        let _ = match hang.count() {
            0 => Ok(()),
            1 => writeln!(
                shown,
                "\nOn {name} one that ends elsewhere had not ended after {seconds} s."
            ),
            n => writeln!(
                shown,
                "\nOn {name} {n} that end elsewhere had not ended after {seconds} s."
            ),
        };
    }
    shown
}

fn has_ended(group: &Group<'_>) -> bool {
    group.cell.ending != Ending::TimedOut
}

/// The program, fenced.
fn listing(row: &Row) -> String {
    let language = match row.subject.program.language {
        Language::Rust => "rust",
        Language::Python => "python",
    };
    format!("```{language}\n{}\n```\n", row.subject.text.trim_end())
}

/// What a program prints where, and its runs step by step.
fn program(columns: &[Column], missing: &[Missing], row: &Row) -> String {
    let mut out = String::new();
    for group in row.groups() {
        let _ = writeln!(out, "**{}**\n", names(columns, &group));
        let _ = writeln!(out, "```text\n{}```\n", printed(group.cell));
        let Some(steps) = steps(row, group.cell) else { continue };
        let first = columns[group.shown].name();
        let _ = writeln!(
            out,
            "<details>\n<summary>Step by step on {first}</summary>\n\n```text\n{steps}```\n\n</details>\n"
        );
    }
    let _ = write!(out, "{}", not_run(columns, missing, row));
    out
}

/// On what the program was not run that its language has.
fn not_run(columns: &[Column], missing: &[Missing], row: &Row) -> String {
    let failed = row.cells.iter().filter(|(_, cell)| cell.is_err());
    let failed = failed.map(|(column, _)| columns[*column].name());
    let language = row.subject.program.language;
    let missing = missing.iter().filter(|it| it.language == language).map(Missing::to_string);
    match failed.chain(missing).collect::<Vec<String>>().as_slice() {
        [] => String::new(),
        names => format!("Not run on {}.\n", names.join(", ")),
    }
}

/// `CPython 3.9.18, 3.10.13, uvloop 0.22.1 on CPython 3.13.0`.
fn names(columns: &[Column], group: &Group<'_>) -> String {
    let mut out = String::new();
    let mut last = String::new();
    for column in &group.columns {
        let name = columns[*column].name();
        let (kind, version) = name.split_once(' ').unwrap_or((&name, ""));
        out += if out.is_empty() { "" } else { ", " };
        out += if kind == last { version } else { &name };
        kind.clone_into(&mut last);
    }
    out
}

/// What was printed, with its times where it is recorded, and how it ended.
fn printed(cell: &Cell) -> String {
    let mut out = match &cell.recording {
        Some(recording) if cell.ending == Ending::Exit(0) => output(&Scene::new(recording)),
        Some(recording) => draw::output::printed(recording),
        None => cell.output.iter().map(|line| format!("{line}\n")).collect(),
    };
    if let Some(runs) = cell.several {
        let _ = writeln!(out, "(not the same in {runs} runs)");
    }
    if cell.ending != Ending::Exit(0) {
        let _ = writeln!(out, "(it {})", cell.ending.words(None));
    }
    if let Some(why) = &cell.why {
        let _ = writeln!(out, "{}", recording::words::visible(why));
    }
    out
}

/// The run as a table.
fn steps(row: &Row, cell: &Cell) -> Option<String> {
    let recording = cell.recording.as_ref()?;
    let found = findings(recording, &cell.ending, Duration::ZERO, &row.subject.text, None);
    Some(text(&Scene::new(recording), &found, Look::default()))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use recorder::program::Program;
    use recorder::python::found::Interpreter;

    use super::super::rows::Subject;
    use super::*;

    fn columns() -> Vec<Column> {
        let python = |minor| Interpreter { command: "python3".into(), version: (3, minor, 0) };
        let uvloop = Column::Loop { package: ("uvloop", "0.22.1"), python: python(13) };
        vec![Column::Python(python(9)), Column::Python(python(13)), uvloop]
    }

    fn row(cells: [Result<&str, &str>; 3]) -> Row {
        let program = Program {
            name: "greets".to_owned(),
            path: PathBuf::from("greets.py"),
            language: Language::Python,
            args: Vec::new(),
        };
        let mut row =
            Row::of(Subject { program, text: "print('hello')\n".to_owned(), is_own: true });
        let cell = |line: &str| Cell {
            output: vec![line.to_owned()],
            ending: Ending::Exit(0),
            why: None,
            recording: None,
            is_exact: false,
            several: None,
        };
        row.cells = (0..).zip(cells.map(|it| it.map(cell).map_err(str::to_owned))).collect();
        row
    }

    #[test]
    fn what_agrees_stands_together_with_its_version() {
        let rows = [row([Ok("hello"), Ok("hallo"), Ok("hello")])];
        let shown = region("greets", &columns(), &[], &rows, false).unwrap();
        let wanted = "\n**CPython 3.9.0, uvloop 0.22.1 on CPython 3.13.0**\n\n```text\nhello\n```\n\n\
                      **CPython 3.13.0**\n\n```text\nhallo\n```\n\n";
        assert!(shown.ends_with(wanted), "{shown}");
    }

    #[test]
    fn what_a_program_was_not_run_on_is_said_below_it() {
        let missing = |language, name: &str| Missing {
            language,
            name: name.to_owned(),
            why: "it is not installed".to_owned(),
        };
        let missing =
            [missing(Language::Python, "rloop 0.5.0"), missing(Language::Rust, "tokio 1")];
        let rows = [row([Ok("hello"), Ok("hello"), Err("killed")])];
        let shown = region("greets", &columns(), &missing, &rows, false).unwrap();
        let wanted =
            "Not run on uvloop 0.22.1 on CPython 3.13.0, rloop 0.5.0 (it is not installed).\n";
        assert!(shown.ends_with(wanted), "{shown}");
    }

    #[test]
    fn a_program_that_does_not_end_somewhere_is_counted_and_not_shown() {
        let mut row = row([Ok("hello"), Ok("hello"), Ok("hello")]);
        row.subject.is_own = false;
        row.cells[2].1.as_mut().unwrap().ending = Ending::TimedOut;
        let shown = region("others", &columns(), &[], &[row], true).unwrap();
        let wanted = "No program of the book prints anything else anywhere.\n\n\
                      On uvloop 0.22.1 on CPython 3.13.0 one that ends elsewhere had not ended after 30 s.\n";
        assert_eq!(shown, wanted);
    }

    #[test]
    fn what_all_programs_tell_stays_when_some_were_run() {
        let rows = [row([Ok("hello"), Ok("hallo"), Ok("hello")])];
        for mark in ["columns", "others"] {
            assert_eq!(region(mark, &columns(), &[], &rows, false), None);
        }
        let shown = region("columns", &columns(), &[], &rows, true).unwrap();
        assert!(shown.contains("| CPython 3.13.0 | 1 | 1 | 0 |"), "{shown}");
        assert!(shown.contains("\n0 programs of 1 print the same"), "{shown}");
    }
}
