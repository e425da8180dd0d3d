//! One run: what is to be measured, in rounds, with progress, until it is done or
//! interrupted.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use costs::data::{Figure, Group, LeftOut, Machine};
use costs::programs::WAYS;

/// Set by Ctrl-C.
pub static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// How a whole run is done.
pub struct Run {
    /// The book.
    pub root: PathBuf,
    /// Where the executables of the programs are.
    pub programs: PathBuf,
    /// A folder for whatever comes up.
    pub workshop: tempfile::TempDir,
    /// The interpreter, if there is one.
    pub interpreter: Option<PathBuf>,
    /// A look instead of a measurement.
    pub quick: bool,
    /// What it runs on.
    pub machine: Machine,
}

/// Something to be measured: `what`, by `by`, of size `x`.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub what: String,
    pub by: String,
    pub x: Option<f64>,
}

/// A number that came of measuring a [`Cell`] once.
pub struct Value {
    pub metric: &'static str,
    pub unit: &'static str,
    /// Of which share or size, if the cell does not say.
    pub x: Option<f64>,
    pub value: f64,
}

impl Cell {
    pub fn new(what: &str, by: &str) -> Self {
        Cell { what: what.into(), by: by.into(), x: None }
    }

    pub fn of(what: &str, by: &str, x: f64) -> Self {
        Cell { x: Some(x), ..Cell::new(what, by) }
    }

    fn name(&self) -> String {
        let x = self.x.map(|x| format!(" {x}")).unwrap_or_default();
        format!("{}{x}, {}", self.what, self.by)
    }
}

impl Value {
    pub fn new(metric: &'static str, unit: &'static str, value: f64) -> Self {
        Value { metric, unit, x: None, value }
    }
}

impl Run {
    /// `full` seconds, or a sixth of it for a look.
    pub fn seconds(&self, full: f64) -> Duration {
        Duration::from_secs_f64(if self.quick { full / 6.0 } else { full })
    }

    /// The path of the program `name`, compiled.
    pub fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }

    /// Whether there is a Python. Says why it leaves out `what` if there is none.
    pub fn has_python(&self, what: &str, left_out: &mut Vec<LeftOut>) -> bool {
        if self.interpreter.is_none() {
            left_out.push(LeftOut { what: what.into(), why: "there is no python3".into() });
        }
        self.interpreter.is_some()
    }

    /// The interpreter.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn python(&self) -> Result<&Path> {
        self.interpreter.as_deref().context("there is no python3")
    }

    /// Measures all `cells` once in each round, so that what changes on the
    /// machine meanwhile meets all of them. What fails is left out, with the
    /// reason. The second value is whether it was interrupted.
    pub fn rounds(
        &self,
        rounds: usize,
        cells: &[Cell],
        mut left_out: Vec<LeftOut>,
        mut measure: impl FnMut(&Cell) -> Result<Vec<Value>>,
    ) -> (Group, bool) {
        let (start, date, load_before) = (Instant::now(), now(), crate::machine::load());
        let rounds = if self.quick { 2 } else { rounds };
        let mut values: Vec<Vec<Value>> = cells.iter().map(|_| vec![]).collect();
        let mut failed = vec![false; cells.len()];
        let mut interrupted = false;
        'all: for round in 1..=rounds {
            for (index, cell) in cells.iter().enumerate() {
                if failed[index] {
                    continue;
                }
                progress(round, rounds, index + 1, cells.len(), &cell.name());
                let measured = measure(cell);
                if INTERRUPTED.load(Ordering::SeqCst) {
                    interrupted = true;
                    break 'all;
                }
                match measured {
                    Ok(new) => values[index].extend(new),
                    Err(error) => {
                        failed[index] = true;
                        let why = format!("{error:#}");
                        eprintln!("\r\x1b[Kleft out: {}: {why}", cell.name());
                        left_out.push(LeftOut { what: cell.name(), why });
                    }
                }
            }
        }
        eprint!("{}", if std::io::stderr().is_terminal() { "\r\x1b[K" } else { "" });
        let mut figures = vec![];
        for ((cell, values), failed) in cells.iter().zip(values).zip(failed) {
            if values.is_empty() && !failed {
                left_out.push(LeftOut { what: cell.name(), why: "interrupted".into() });
            } else if !failed {
                figures.extend(summaries(cell, &values));
            }
        }
        let group = Group {
            machine: self.machine.clone(),
            date,
            took_s: start.elapsed().as_secs(),
            load_before,
            figures,
            left_out,
        };
        (group, interrupted)
    }
}

/// A figure for each metric and size in `values`.
fn summaries(cell: &Cell, values: &[Value]) -> Vec<Figure> {
    let mut kinds: Vec<(&str, &str, Option<f64>)> = vec![];
    for Value { metric, unit, x, .. } in values {
        if !kinds.contains(&(metric, unit, *x)) {
            kinds.push((metric, unit, *x));
        }
    }
    let figure = |(metric, unit, x)| {
        let same = values.iter().filter(|v| (v.metric, v.unit, v.x) == (metric, unit, x));
        let rounds: Vec<f64> = same.map(|v| v.value).collect();
        Figure::of_rounds(&rounds, &cell.what, &cell.by, x.or(cell.x), metric, unit)
    };
    kinds.into_iter().filter_map(figure).collect()
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M").to_string()
}

/// One line that is overwritten, or in a log a line for each round.
fn progress(round: usize, rounds: usize, cell: usize, cells: usize, name: &str) {
    let mut stderr = std::io::stderr();
    // Nobody has to see the progress.
    let _ = if stderr.is_terminal() {
        write!(stderr, "\r\x1b[K  round {round}/{rounds}, {cell}/{cells}: {name}")
    } else if cell == 1 {
        writeln!(stderr, "  round {round}/{rounds}: {cells} measurements")
    } else {
        Ok(())
    };
    let _ = stderr.flush();
}

/// The folder of the executables that cargo made of the programs, built now.
pub fn build_programs(root: &Path) -> Result<PathBuf> {
    let target = target()?;
    let examples = WAYS.iter().flat_map(|name| ["--example", name]);
    let all: [Vec<&str>; 2] = [
        vec!["--package", "programs", "--examples"],
        ["--package", "examples"].into_iter().chain(examples).collect(),
    ];
    for which in all {
        let status = cargo()
            .args(["build", "--quiet", "--release"])
            .args(which)
            .arg("--target-dir")
            .arg(&target)
            .current_dir(root)
            .status()?;
        anyhow::ensure!(status.success(), "the programs do not compile");
    }
    Ok(target.join("release/examples"))
}

/// The cargo that runs this.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()))
}

/// Cargo's target folder.
///
/// # Errors
///
/// If this executable is in none.
pub fn target() -> Result<PathBuf> {
    let exe = std::env::current_exe()?;
    // target/release/deps/costs-…
    let target = exe.ancestors().nth(3).map(Path::to_owned);
    target.with_context(|| format!("{} is in no target folder", exe.display()))
}
