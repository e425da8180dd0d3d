//! `trace --runs` and `trace --workers`: what a single run on a single thread
//! does not show.

use std::fmt::Write as _;
use std::fs;
use std::io::{IsTerminal, Write};
use std::num::NonZeroUsize;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use recorder::orders::{self, Orders, Output};
use recorder::program::{Options as RunOptions, Program};
use recorder::rust;
use recorder::search::{Has, token};
use recording::event::{Clock, Language};
use recording::session::Ending;
use recording::words::{count, duration};
use serde_json::json;

use super::format::Format;
use super::reason::reason;

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
        let ended = |output: &Output| Ok(how(output, options).map(|how| format!(": {how}")));
        let head = head(program, options.workers, &orders);
        out.write_all((head + "\n" + &text(&orders, usize::MAX, &ended)?).as_bytes())?;
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
    reason(&output.ending, options, Clock::Real).map(|ended| ended.says)
}

/// So often a program is run of which a page shows the outputs, on so many workers
/// if on several.
const RUNS: NonZeroUsize = NonZeroUsize::new(60).unwrap();
const WORKERS: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// As many of the outputs a page shows.
const MOST_OUTPUTS: usize = 6;

/// What `--runs` prints of the program, on several workers or as it is, and whether
/// each output is one of its orders. [`is_of`] knows whether it is of the program as
/// it is later. How often each comes is no two times the same.
///
/// # Errors
///
/// When it cannot be run, and when a run does not end well.
pub fn seen(program: &Program, on_workers: bool) -> Result<String> {
    let text = fs::read_to_string(&program.path)?;
    let workers = on_workers.then_some(WORKERS);
    let compiled = match program.language {
        Language::Rust => rust::compile(std::slice::from_ref(program))?.pop(),
        Language::Python => None,
    };
    let command: Box<dyn Fn() -> Command + '_> = match &compiled {
        Some(compiled) => Box::new(|| compiled.plain(workers)),
        None => orders::plain(program, workers)?,
    };
    let runs = orders::orders(&command, RunOptions::default().timeout, RUNS, |_| {})?;
    let can = super::orders::all(program, compiled.as_ref(), &text, on_workers)?;
    let among = |output: &Output| {
        ensure!(
            output.ending == Ending::Exit(0),
            "a run did not end well: {}",
            output.ending.words(None)
        );
        match can.as_ref().map(|can| can.has(&output.lines)) {
            None | Some(Has::Output) => Ok(None),
            Some(Has::Overlap) => Ok(Some(", as two polls overlapped".to_owned())),
            Some(Has::Not) => {
                Ok(Some(", not among its orders, where all timers are on time".to_owned()))
            }
        }
    };
    let head = format!("{} · {}", head(program, workers, &runs), token::program(&text));
    Ok(head + "\n" + &self::text(&runs, MOST_OUTPUTS, &among)?)
}

/// Whether these outputs, [`seen`] before, are of a program with this text.
pub fn is_of(seen: &str, text: &str) -> bool {
    let head = seen.lines().next().unwrap_or_default();
    head.ends_with(&format!(" · {}", token::program(text)))
}

/// As many lines of an output are shown.
const MOST_LINES: usize = 20;

/// `race · 20 runs, each on 2 workers`.
fn head(program: &Program, workers: Option<NonZeroUsize>, orders: &Orders) -> String {
    let mut head = format!("{} · {}", program.name, count(orders.runs, "run"));
    if let Some(workers) = workers {
        let _ = write!(head, ", each on {}", count(workers.get(), "worker"));
    }
    head
}

/// The outputs, most frequent first, as far as they differ, and at most so many; of
/// each it is said what `more` says.
///
/// ```text
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
fn text(
    orders: &Orders,
    most: usize,
    more: &dyn Fn(&Output) -> Result<Option<String>>,
) -> Result<String> {
    let mut out = String::new();
    let different = orders.outputs.len();
    let _ = match different {
        1 => writeln!(out, "the same output every time"),
        _ if orders.same_lines() => writeln!(out, "one of {different} orders"),
        _ => writeln!(out, "one of {different} outputs, which differ in more than the order"),
    };
    let common = if different == 1 { 0 } else { common(orders) };
    for (place, output) in orders.outputs.iter().enumerate() {
        let more = more(output)?.unwrap_or_default();
        if place >= most {
            continue;
        }
        let _ = writeln!(out, "\n{} of {}{more}", output.runs, orders.runs);
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
    if let Some(left @ [_, ..]) = orders.outputs.get(most..) {
        let runs: usize = left.iter().map(|output| output.runs).sum();
        let outputs = count(left.len(), "more output");
        let _ = writeln!(out, "\n… {outputs}, in {}", count(runs, "run"));
    }
    Ok(out)
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
        text(&orders, 2, &|_| Ok(None)).unwrap()
    }

    #[test]
    fn orders_are_listed_by_their_counts() {
        let both: &[(&[&str], usize)] = &[(&["a", "b"], 1), (&["b", "a"], 2)];
        assert_eq!(shown(both), "one of 2 orders\n\n2 of 3\n  b\n  a\n\n1 of 3\n  a\n  b\n");
        let one: &[(&[&str], usize)] = &[(&["a"], 3)];
        assert_eq!(shown(one), "the same output every time\n\n3 of 3\n  a\n");
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
    fn a_page_shows_the_most_frequent_ones_and_says_of_which_program() {
        let many: &[(&[&str], usize)] = &[(&["a"], 1), (&["b"], 3), (&["c"], 2), (&["d"], 1)];
        assert_eq!(
            shown(many).split_once('\n').unwrap().1,
            "\n3 of 7\n  b\n\n2 of 7\n  c\n\n… 2 more outputs, in 2 runs\n"
        );
        let head =
            format!("race · 60 runs, each on 2 workers · {}\nand so on", token::program("it"));
        assert!(is_of(&head, "it"));
        assert!(!is_of(&head, "it, changed"));
        assert!(!is_of("", "it"));
    }

    #[test]
    fn asyncio_has_no_workers() {
        let several = Several { workers: NonZeroUsize::new(2), runs: None };
        let of = |file| several.workers(&Program::at(Path::new(file)).unwrap());
        assert_eq!(of("a.rs").unwrap(), NonZeroUsize::new(2));
        assert!(of("a.py").unwrap_err().to_string().starts_with("a.py: asyncio runs"));
    }
}
