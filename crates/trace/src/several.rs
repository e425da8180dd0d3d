//! `trace --runs` and `trace --workers`: what a single run on a single thread
//! does not show.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::num::NonZeroUsize;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use recorder::orders::{self, Orders, Output};
use recorder::program::{Options as RunOptions, Program};
use recording::event::{Clock, Language};
use recording::words::{count, duration};
use serde_json::json;

use super::Format;

/// Several threads, several runs.
#[derive(Debug, clap::Args)]
pub struct Several {
    /// Give every tokio runtime this many worker threads, on the machine's clock
    ///
    /// What is recorded is one possible run of many. Each step says on which
    /// thread it was, and which tasks one worker stole from another.
    #[arg(long, value_name = "N")]
    workers: Option<NonZeroUsize>,
    /// Run it this often, and count the different outputs instead of recording
    ///
    /// On the machine's clock, on plain tokio or python3: a sleep takes its
    /// time. Only what is printed to stdout counts.
    #[arg(long, value_name = "N", conflicts_with_all = ["open", "from", "until", "tasks", "real_time"])]
    pub(super) runs: Option<NonZeroUsize>,
}

impl Several {
    /// The workers that a `program` is to have.
    ///
    /// # Errors
    ///
    /// When they are asked for and the program is none of tokio's.
    pub(super) fn workers(&self, program: &Program) -> Result<Option<NonZeroUsize>> {
        ensure!(
            self.workers.is_none() || program.language == Language::Rust,
            "{}: asyncio runs everything on one thread, --workers is for tokio",
            program.path.display()
        );
        Ok(self.workers)
    }
}

/// Runs what `command` gives, which is `program`, `runs` times and prints the outputs, with their counts.
///
/// # Errors
///
/// When it cannot be run, and when a run failed or took too long; what was
/// printed until then is on stdout.
pub(super) fn trace(
    program: &Program,
    command: &dyn Fn() -> Command,
    options: &RunOptions,
    runs: NonZeroUsize,
    format: Option<Format>,
) -> Result<()> {
    let path = program.path.display();
    let is_json = match format {
        None | Some(Format::Text) => false,
        Some(Format::Jsonl) => true,
        Some(_) => bail!("--runs counts outputs: it has --format text and jsonl"),
    };
    let mut progress = Progress::new(runs);
    let orders = orders::orders(command, options.timeout, runs, |done| progress.show(done))?;
    progress.end();
    let mut out = std::io::stdout().lock();
    if is_json {
        for output in &orders.outputs {
            let (runs, of) = (output.runs, orders.runs);
            let ending = how(output, options).unwrap_or_else(|| "it ended well".to_owned());
            let json = json!({ "runs": runs, "of": of, "ending": ending, "lines": output.lines });
            writeln!(out, "{json}")?;
        }
    } else {
        out.write_all(text(program, options, &orders).as_bytes())?;
    }
    out.flush()?;
    let Some(failed) = orders.outputs.iter().find(|output| how(output, options).is_some()) else {
        return Ok(());
    };
    if !failed.stderr.trim().is_empty() {
        eprintln!("{}", failed.stderr.trim_end());
    }
    bail!(
        "{path}: {} of {}: {}",
        failed.runs,
        count(orders.runs, "run"),
        how(failed, options).unwrap_or_default()
    )
}

/// Why a run did not end well, if it did not.
fn how(output: &Output, options: &RunOptions) -> Option<String> {
    super::reason(&output.ending, options, Clock::Real)
}

/// As many lines of an output are shown.
const MOST_LINES: usize = 20;

/// The outputs, most frequent first, as far as they differ.
///
/// ```text
/// race · 20 runs, each on 2 workers
/// one of 2 orders
///
/// 14 of 20
///   a
///   b
///
/// 6 of 20
///   b
///   a
/// ```
fn text(program: &Program, options: &RunOptions, orders: &Orders) -> String {
    let mut out = format!("{} · {}", program.name, count(orders.runs, "run"));
    if let Some(workers) = options.workers {
        let _ = write!(out, ", each on {}", count(workers.get(), "worker"));
    }
    let different = orders.outputs.len();
    let _ = match different {
        1 => writeln!(out, "\nthe same output every time"),
        _ if orders.same_lines() => writeln!(out, "\none of {different} orders"),
        _ => writeln!(out, "\none of {different} outputs, which differ in more than the order"),
    };
    let common = if different == 1 { 0 } else { common(orders) };
    for output in &orders.outputs {
        let how = how(output, options).map_or(String::new(), |how| format!(": {how}"));
        let _ = writeln!(out, "\n{} of {}{how}", output.runs, orders.runs);
        if common > 0 {
            let _ = writeln!(out, "  … {} that all begin with", count(common, "line"));
        }
        let rest = &output.lines[common..];
        for line in rest.iter().take(MOST_LINES) {
            let _ = writeln!(out, "  {line}");
        }
        if rest.len() > MOST_LINES {
            let _ = writeln!(out, "  … {} more", count(rest.len() - MOST_LINES, "line"));
        }
    }
    out
}

/// How many lines all outputs begin with, of those that need not be shown.
fn common(orders: &Orders) -> usize {
    let first = &orders.outputs[0].lines;
    let same = |output: &Output| {
        first.iter().zip(&output.lines).take_while(|(one, other)| one == other).count()
    };
    let common = orders.outputs.iter().map(same).min().unwrap_or(0);
    let longest = orders.outputs.iter().map(|output| output.lines.len()).max().unwrap_or(0);
    if longest > MOST_LINES { common } else { 0 }
}

/// How far it is, on stderr, once it takes more than a second.
struct Progress {
    runs: NonZeroUsize,
    start: Instant,
    shown: bool,
}

impl Progress {
    fn new(runs: NonZeroUsize) -> Self {
        Progress { runs, start: Instant::now(), shown: false }
    }

    fn show(&mut self, done: usize) {
        let (so_far, runs) = (self.start.elapsed(), self.runs.get());
        if so_far < Duration::from_secs(1) || done == runs {
            return;
        }
        let left = so_far.mul_f64((runs - done) as f64 / done as f64);
        let left = duration(left.as_secs().max(1) * 1_000_000);
        let text = format!("{done} of {runs} runs, about {left} to go");
        if std::io::stderr().is_terminal() {
            eprint!("\r\x1b[K{text}");
        } else if !self.shown {
            eprintln!("{text}");
        }
        self.shown = true;
    }

    fn end(&self) {
        if self.shown && std::io::stderr().is_terminal() {
            eprint!("\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use recording::session::Ending;

    use super::*;

    fn shown(outputs: &[(&[&str], usize)]) -> String {
        let mut orders = Orders { runs: 0, outputs: Vec::new() };
        for (lines, runs) in outputs {
            for _ in 0..*runs {
                let lines = lines.iter().map(|line| (*line).to_owned()).collect();
                orders.add(lines, Ending::Exit(0), String::new());
            }
        }
        let program = Program::at(Path::new("race.rs")).unwrap();
        text(&program, &RunOptions::default(), &orders)
    }

    #[test]
    fn orders_are_listed_by_their_counts() {
        let both: &[(&[&str], usize)] = &[(&["a", "b"], 1), (&["b", "a"], 2)];
        assert_eq!(
            shown(both),
            "race · 3 runs\none of 2 orders\n\n2 of 3\n  b\n  a\n\n1 of 3\n  a\n  b\n"
        );
        let one: &[(&[&str], usize)] = &[(&["a"], 3)];
        assert_eq!(shown(one), "race · 3 runs\nthe same output every time\n\n3 of 3\n  a\n");
    }

    #[test]
    fn what_long_outputs_begin_with_is_not_repeated() {
        let mut lines = vec!["same"; MOST_LINES];
        lines.push("a");
        let one = lines.clone();
        lines.push("b");
        let shown = shown(&[(&one, 1), (&lines, 1)]);
        assert!(shown.contains("one of 2 outputs, which differ in more than the order"), "{shown}");
        assert!(shown.ends_with("1 of 2\n  … 21 lines that all begin with\n  b\n"), "{shown}");
    }

    #[test]
    fn asyncio_has_no_workers() {
        let several = Several { workers: NonZeroUsize::new(2), runs: None };
        let of = |file| several.workers(&Program::at(Path::new(file)).unwrap());
        assert_eq!(of("a.rs").unwrap(), NonZeroUsize::new(2));
        assert!(of("a.py").unwrap_err().to_string().starts_with("a.py: asyncio runs"));
    }
}
