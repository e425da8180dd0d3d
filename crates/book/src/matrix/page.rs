//! What the regions of the page show.

use std::fmt::Write as _;
use std::time::Duration;

use draw::{Look, Scene, output, text};
use recording::event::Language;
use recording::findings::findings;
use recording::session::Ending;

use super::columns::Column;
use super::rows::{Cell, Group, Row};

/// What the region `mark` shows; none where it is to stay as it is, since not `all`
/// was run that it would tell of.
pub fn region(
    mark: &str,
    columns: &[Column],
    missing: &[String],
    rows: &[Row],
    all: bool,
) -> Option<String> {
    match mark {
        "columns" => all.then(|| on_what(columns, missing, rows)),
        "others" => all.then(|| others(columns, rows)),
        name => {
            let own = |row: &&Row| row.subject.is_own && row.subject.program.name == name;
            let shown = |row| listing(row) + "\n" + &program(columns, row);
            let shown: String = rows.iter().filter(own).map(shown).collect();
            (!shown.is_empty()).then_some(shown)
        }
    }
}

/// A row for each column: how many programs ran on it, and how many of these do
/// what they do on most.
fn on_what(columns: &[Column], missing: &[String], rows: &[Row]) -> String {
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
        let _ = writeln!(table, "\nMissing when this page was made: {missing}.");
    }
    table
}

/// The book's programs that differ, each with what it prints where.
fn others(columns: &[Column], rows: &[Row]) -> String {
    let differ = rows.iter().filter(|row| !row.subject.is_own && row.groups().len() > 1);
    let shown: String = differ
        .map(|row| {
            format!(
                "`{}` in {}:\n\n{}\n",
                row.subject.program.name,
                match row.subject.program.language {
                    Language::Rust => "Rust",
                    Language::Python => "Python",
                },
                program(columns, row)
            )
        })
        .collect();
    if shown.is_empty() { "None of them differs anywhere.\n".to_owned() } else { shown }
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
fn program(columns: &[Column], row: &Row) -> String {
    let mut out = String::new();
    for group in row.groups() {
        let _ = writeln!(out, "**{}**\n", names(columns, &group));
        let _ = writeln!(out, "```text\n{}```\n", printed(group.cell));
        let Some(steps) = steps(row, group.cell) else { continue };
        let first = columns[recorded_on(columns, &group)].name();
        let _ = writeln!(
            out,
            "<details>\n<summary>Step by step on {first}</summary>\n\n```text\n{steps}```\n\n</details>\n"
        );
    }
    let _ = write!(out, "{}", cannot(columns, row));
    out
}

fn cannot(columns: &[Column], row: &Row) -> String {
    let names: Vec<String> = row
        .cells
        .iter()
        .filter(|(_, cell)| cell.is_err())
        .map(|(column, _)| columns[*column].name())
        .collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!("Not run on {}.\n", names.join(", ")),
    }
}

/// The first column of a group whose runs are recorded.
fn recorded_on(columns: &[Column], group: &Group<'_>) -> usize {
    let recorded = |i: &&usize| !matches!(columns[**i], Column::Loop { .. });
    *group.columns.iter().find(recorded).unwrap_or(&group.columns[0])
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
