//! `trace --orders` and `trace --order`: every order that a program can have,
//! and one of them.

use std::fmt::Write as _;
use std::io::Write;
use std::num::NonZeroUsize;
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use recorder::program::{Options as RunOptions, Program};
use recorder::rust::Compiled;
use recorder::search::guaranteed::{Common, common};
use recorder::search::schedule::Schedule;
use recorder::search::{self, Asked, Example, Output, token};
use recording::event::{Clock, Language};
use recording::session::Session;
use recording::words::count;
use serde_json::json;

use super::format::Format;
use super::reason::reason;
use crate::progress::Progress;

/// So many orders are run if nothing else is said.
const MOST: &str = "1000";

/// An order of a search may take so long, or `--timeout` if that is less: it is
/// one of many, on virtual time.
const PATIENCE: Duration = Duration::from_secs(5);

/// Every order, or one.
#[derive(Debug, clap::Args)]
pub struct Orders {
    /// Run it in every order that it can have, or in N of them, on virtual time
    ///
    /// On tokio's multi-threaded runtime any task that is ready may be next, also
    /// at an `.await` that need not wait; in asyncio timers that are due at the
    /// same moment fire in any order. Prints each different output and what goes
    /// wrong, in how many orders, each with a token for --order.
    #[arg(
        long,
        value_name = "N",
        num_args = 0..=1,
        default_missing_value = MOST,
        conflicts_with_all = ["open", "from", "until", "tasks", "real_time", "workers", "runs"],
    )]
    orders: Option<NonZeroUsize>,
    /// With --orders, as if tokio's runtime of one thread had several
    ///
    /// Then any task that is ready may be next, where the program asks for one thread
    /// too.
    #[arg(long, requires = "orders")]
    on_workers: bool,
    /// With --orders, as if asyncio's sleeps took up to twice their time
    ///
    /// A sleep stands for a wait whose length nobody knows. Which of two that overlap
    /// so ends first is open.
    #[arg(long, requires = "orders")]
    jitter: bool,
    /// Show the run in this order, which --orders has printed
    #[arg(long, value_name = "TOKEN", conflicts_with_all = ["orders", "real_time", "workers", "runs"])]
    order: Option<String>,
}

impl Orders {
    /// How many orders are asked for.
    pub(super) fn most(&self) -> Option<NonZeroUsize> {
        self.orders
    }

    /// The one that is, if one is, and whether of the wider model, of a program of this
    /// language.
    ///
    /// # Errors
    ///
    /// When the token is none, and when the other language has that model.
    pub(super) fn one(&self, language: Language) -> Result<(Option<Schedule>, bool)> {
        ensure!(
            !self.on_workers || language == Language::Rust,
            "asyncio runs everything on one thread, --on-workers is for tokio"
        );
        ensure!(
            !self.jitter || language == Language::Python,
            "--jitter is for asyncio: which sleeps of tokio's end first is up to their times"
        );
        let one = self.order.as_deref().map(token::schedule).transpose()?;
        Ok(one.map_or((None, self.on_workers || self.jitter), |(one, wide)| (Some(one), wide)))
    }

    /// Whether that is the one that was run, of a program with this text.
    ///
    /// # Errors
    ///
    /// When the token is of another program.
    pub(super) fn check(&self, text: &str, session: &Session) -> Result<()> {
        match &self.order {
            Some(order) => token::check(order, text, &session.choices),
            None => Ok(()),
        }
    }
}

/// Runs the program with this text in its orders and prints what comes of it.
///
/// # Errors
///
/// When it cannot be run, and when it does not end well in every order; what was
/// found is on stdout.
pub(super) fn trace(
    program: &Program,
    compiled: Option<&Compiled>,
    text: &str,
    options: &RunOptions,
    most: NonZeroUsize,
    format: Option<Format>,
) -> Result<()> {
    let is_json = match format {
        None | Some(Format::Text) => false,
        Some(Format::Jsonl) => true,
        Some(_) => bail!("--orders counts outputs: it has --format text and jsonl"),
    };
    let timeout = options.timeout.min(PATIENCE);
    let progress = Progress::of(most.get(), "orders at most");
    let asked = Asked { most, wide: options.wide, causes: false };
    let found = search(program, compiled, text, timeout, asked, &|| progress.step());
    drop(progress);
    let found = found?;
    let mut out = std::io::stdout().lock();
    match is_json {
        true => out.write_all(jsonl(&found, timeout).as_bytes())?,
        false => out.write_all(self::text(&program.name, &found, timeout).as_bytes())?,
    }
    out.flush()?;
    let bad = |output: &&Output| how(output, timeout).is_some();
    let Some(failed) = found.outputs.iter().find(bad) else {
        if let Some(failed) = found.failed.first() {
            let orders = count(failed.orders, "order");
            bail!("{}: {orders} could not be run: {}", program.path.display(), failed.why);
        }
        return Ok(());
    };
    let orders: usize = found.outputs.iter().filter(bad).map(|output| output.orders).sum();
    bail!(
        "{}: {orders} of {}: {}; see --order {}",
        program.path.display(),
        count(found.run, "order"),
        how(failed, timeout).unwrap_or_default(),
        failed.example.token
    )
}

/// The orders that are `asked` for, each of which may compute for `timeout`.
fn search(
    program: &Program,
    compiled: Option<&Compiled>,
    text: &str,
    timeout: Duration,
    asked: Asked,
    after: &(dyn Fn() + Sync),
) -> Result<search::Orders> {
    let options = RunOptions { wide: asked.wide, ..RunOptions::within(timeout) };
    let run = search::runner(program, compiled, &options);
    search::search(text, &run, asked, after)
}

/// What `trace --orders` prints of the program with this text, of the wider model if
/// `wide`.
///
/// # Errors
///
/// When it cannot be run.
pub fn told(
    program: &Program,
    compiled: Option<&Compiled>,
    text: &str,
    wide: bool,
) -> Result<String> {
    let found = search(program, compiled, text, PATIENCE, asked(wide, false), &|| {})?;
    Ok(self::text(&program.name, &found, PATIENCE))
}

/// All orders of the program with this text, of the wider model if `wide`, for
/// [`search::Orders::has`]; none if these are too many.
///
/// # Errors
///
/// When it cannot be run.
pub(super) fn all(
    program: &Program,
    compiled: Option<&Compiled>,
    text: &str,
    wide: bool,
) -> Result<Option<search::Orders>> {
    let found = search(program, compiled, text, PATIENCE, asked(wide, true), &|| {})?;
    Ok(Some(found).filter(|found| found.all && found.failed.is_empty()))
}

/// What is asked for where nothing else is said.
fn asked(wide: bool, causes: bool) -> Asked {
    Asked { most: MOST.parse().expect("it is a number"), wide, causes }
}

/// Why an order did not end well, if it did not.
fn how(output: &Output, timeout: Duration) -> Option<String> {
    let run = RunOptions::within(timeout);
    reason(&output.ending, &run, Clock::Virtual).map(|ended| ended.says)
}

/// As many lines of an output are shown, as many outputs, and as many of what
/// they have in common.
const MOST_LINES: usize = 20;
const MOST_OUTPUTS: usize = 20;
const MOST_COMMON: usize = 12;

/// The outputs, that of first come, first served first.
///
/// ```text
/// race · all 2 orders
/// one of 2 outputs
///
/// in 1 of 2 orders · 5f2a90c1
///   a
///   b
///
/// in 1 of 2 orders, first with 1 change · 5f2a90c1-0.1
///   b
///   a
///
/// guaranteed: `a`, `b`
/// ```
fn text(name: &str, found: &search::Orders, timeout: Duration) -> String {
    let mut out = format!("{name} · {}\n", how_many(found));
    let outputs = found.outputs.len();
    let _ = match (outputs, found.is_proof()) {
        (1, true) => writeln!(out, "the same output in every order"),
        (1, false) => writeln!(out, "the same output in all of these"),
        _ => writeln!(out, "one of {outputs} outputs"),
    };
    for failed in &found.failed {
        let _ = writeln!(out, "{} could not be run: {}", count(failed.orders, "order"), failed.why);
    }
    for found_in in &found.findings {
        let (says, example) = (&found_in.finding.says, &found_in.example);
        let _ = writeln!(out, "\nin {}: {says}", share(found_in.orders, found, example));
    }
    for output in found.outputs.iter().take(MOST_OUTPUTS) {
        let how = how(output, timeout).map_or(String::new(), |how| format!(": {how}"));
        let _ = writeln!(out, "\nin {}{how}", share(output.orders, found, &output.example));
        for line in output.lines.iter().take(MOST_LINES) {
            let _ = writeln!(out, "  {line}");
        }
        if output.lines.len() > MOST_LINES {
            let _ = writeln!(out, "  … {} more", count(output.lines.len() - MOST_LINES, "line"));
        }
    }
    if outputs > MOST_OUTPUTS {
        let more = count(outputs - MOST_OUTPUTS, "output");
        let _ = writeln!(out, "\n… {more} more, all of them with --format jsonl");
    }
    if outputs > 1 {
        out.push_str(&in_common(found));
    }
    if found.overlap {
        out.push_str(OVERLAP);
    }
    out
}

/// What is said of a program whose tasks can run at the same time.
const OVERLAP: &str = "\nnot among these: what two polls that overlap do between one .await and the \
                       next, as printing\n";

/// `all 6 orders`, `all 35 orders, one poll at a time`, `1000 orders of at least 5321`.
fn how_many(found: &search::Orders) -> String {
    match (found.all, found.run) {
        (true, 1) if found.overlap => "one order, one poll at a time".to_owned(),
        (true, 1) => "there is only one order".to_owned(),
        (true, run) if found.overlap => format!("all {run} orders, one poll at a time"),
        (true, run) => format!("all {run} orders"),
        (false, run) => format!("{} of at least {}", count(run, "order"), found.at_least),
    }
}

/// `2 of 6 orders, first with 1 change · 5f2a90c1-3.1`.
fn share(orders: usize, found: &search::Orders, example: &Example) -> String {
    let changes = match example.changes {
        0 => String::new(),
        changes => format!(", first with {}", count(changes, "change")),
    };
    format!("{orders} of {}{changes} · {}", count(found.run, "order"), example.token)
}

/// What all outputs have in common.
fn in_common(found: &search::Orders) -> String {
    let outputs: Vec<Vec<&str>> = found
        .outputs
        .iter()
        .map(|output| output.lines.iter().map(String::as_str).collect())
        .collect();
    let Common { lines, before } = common(&outputs);
    let word = if found.is_proof() { "guaranteed" } else { "in all of these" };
    let mut said: Vec<String> = Vec::new();
    let alone = |line: &&String| !before.iter().any(|(one, other)| one == *line || other == *line);
    said.extend(lines.iter().filter(alone).map(|line| format!("`{line}`")));
    said.extend(before.iter().map(|(one, other)| format!("`{one}` before `{other}`")));
    if said.is_empty() {
        return format!("\n{word}: nothing\n");
    }
    let more = said.len().saturating_sub(MOST_COMMON);
    said.truncate(MOST_COMMON);
    if more > 0 {
        said.push(format!("and {more} more"));
    }
    format!("\n{word}: {}\n", said.join(", "))
}

/// One object a line: the search, then outputs, then findings.
fn jsonl(found: &search::Orders, timeout: Duration) -> String {
    let mut lines = vec![json!({
        "orders": found.run, "at_least": found.at_least, "all": found.all, "overlap": found.overlap,
        "failed": found.failed.iter().map(|one| json!({ "orders": one.orders, "why": one.why })).collect::<Vec<_>>(),
    })];
    for output in &found.outputs {
        let ending = how(output, timeout).unwrap_or_else(|| "it ended well".to_owned());
        let Example { token, changes, .. } = &output.example;
        lines.push(json!({
            "output": output.lines, "ending": ending, "orders": output.orders,
            "changes": changes, "token": token,
        }));
    }
    for one in &found.findings {
        let Example { token, changes, .. } = &one.example;
        lines.push(json!({
            "finding": one.finding.says, "lines": one.finding.lines, "orders": one.orders,
            "changes": changes, "token": token,
        }));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}
