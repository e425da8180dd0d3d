//! A program run many times, unrecorded, on the machine's clock: which outputs
//! it has, and how often each.
//!
//! A recording is one run. What is the same in each of many runs may be
//! guaranteed; what is not, is not.

use std::num::NonZeroUsize;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::process::{self, Limits, Stdin};
use crate::program::Program;
use crate::{python, rust};
use recording::event::Language;
use recording::session::Ending;

/// What is kept of a run's output, in bytes; what comes after is not compared.
const MOST_OUTPUT: usize = 1 << 20;

/// The outputs of many runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orders {
    /// How many runs there were.
    pub runs: usize,
    /// Each output once, the most frequent first.
    pub outputs: Vec<Output>,
}

/// What some of the runs printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How many runs printed this.
    pub runs: usize,
    /// How these runs ended.
    pub ending: Ending,
    /// The lines of standard output, what is no UTF-8 replaced.
    pub lines: Vec<String>,
    /// Standard error of the first of these runs.
    pub stderr: String,
}

impl Orders {
    /// Takes a run's output and ending.
    pub fn add(&mut self, lines: Vec<String>, ending: Ending, stderr: String) {
        self.runs += 1;
        let same = |output: &&mut Output| output.lines == lines && output.ending == ending;
        match self.outputs.iter_mut().find(same) {
            Some(output) => output.runs += 1,
            None => self.outputs.push(Output { runs: 1, ending, lines, stderr }),
        }
        // Stable: of those that are as frequent, the one seen first comes first.
        self.outputs.sort_by_key(|output| std::cmp::Reverse(output.runs));
    }

    /// Whether all outputs have the same lines, and differ in their order alone.
    ///
    /// ```
    /// # use recorder::orders::Orders;
    /// # use recording::session::Ending;
    /// let mut orders = Orders { runs: 0, outputs: Vec::new() };
    /// for lines in [["a", "b"], ["b", "a"]] {
    ///     orders.add(lines.map(String::from).to_vec(), Ending::Exit(0), String::new());
    /// }
    /// assert!(orders.same_lines());
    /// orders.add(vec!["c".to_owned()], Ending::Exit(0), String::new());
    /// assert!(!orders.same_lines());
    /// ```
    pub fn same_lines(&self) -> bool {
        let sorted = |output: &Output| {
            let mut lines = output.lines.clone();
            lines.sort_unstable();
            lines
        };
        self.outputs.windows(2).all(|pair| sorted(&pair[0]) == sorted(&pair[1]))
    }
}

/// What runs a program as it is, unrecorded, on the workers that it asks for or
/// on as many as are said.
///
/// # Errors
///
/// When it does not compile.
pub fn plain(program: &Program, workers: Option<NonZeroUsize>) -> Result<Box<dyn Fn() -> Command>> {
    let program = program.clone();
    Ok(match program.language {
        Language::Python => Box::new(move || python::plain(&program)),
        Language::Rust => {
            let compiled = rust::compile(&[program])?;
            Box::new(move || compiled[0].plain(workers))
        }
    })
}

/// Runs what `command` gives again and again, `runs` times, one run after the
/// other so that none is in another's way; after each, `after` is given the
/// number of those that are over. The first run that is stopped, as after
/// `timeout`, is the last.
///
/// # Errors
///
/// When it cannot be started. A run that fails is no error: see
/// [`Output::ending`].
pub fn orders(
    command: &dyn Fn() -> Command,
    timeout: Duration,
    runs: NonZeroUsize,
    mut after: impl FnMut(usize),
) -> Result<Orders> {
    let limits = Limits {
        timeout,
        computes: None,
        progress: None,
        file: None,
        output: MOST_OUTPUT,
        stdin: Stdin::Offered,
    };
    let mut orders = Orders { runs: 0, outputs: Vec::new() };
    while orders.runs < runs.get() {
        let finished = process::run(command(), &limits)?;
        let stdout = String::from_utf8_lossy(&finished.stdout);
        let is_last = matches!(finished.ending, Ending::TimedOut | Ending::Interrupted);
        orders.add(stdout.lines().map(str::to_owned).collect(), finished.ending, finished.stderr);
        after(orders.runs);
        if is_last {
            break;
        }
    }
    Ok(orders)
}
