//! Every order of a program, for a test.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::{Asked, Orders, Output, runner, search};
use crate::program::{Options, Program};
use crate::rust;
use recording::event::Language;
use recording::session::Ending;
use recording::words::count;

/// So many orders are run at most.
const MOST: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();

/// What a program does in some of its orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run<'a> {
    /// The lines of standard output.
    pub lines: Vec<&'a str>,
    /// Standard error.
    pub stderr: &'a str,
    /// How it ended.
    pub ending: &'a Ending,
    /// The order with the fewest changes in which it does that: `trace FILE --order
    /// TOKEN` shows it.
    pub token: &'a str,
}

/// Runs the program in `path`, of tokio (`.rs`) or asyncio (`.py`), in every order
/// of the [model](crate::search), and calls `check` with each different thing that it
/// does; the first is that of first come, first served. What two polls do that
/// overlap on a machine is not among these, see [`Orders::overlap`].
///
/// ```no_run
/// // Not run here: the program is yours.
/// use recorder::every_order;
///
/// #[test]
/// fn no_payment_is_lost() {
///     every_order("src/bin/pay.rs", |run| assert_eq!(run.lines, ["the balance is 20"]));
/// }
/// ```
///
/// # Panics
///
/// When `check` does, after it was said in which order; and when not all orders
/// could be run, see [`orders_of`].
#[track_caller]
pub fn every_order(path: impl AsRef<Path>, check: impl Fn(&Run<'_>)) {
    let path = path.as_ref();
    let orders = match orders_of(path, MOST) {
        Ok(orders) => orders,
        Err(error) => panic!("{}: {error:#}", path.display()),
    };
    for output in &orders.outputs {
        let run = Run::of(output);
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| check(&run))) {
            eprintln!(
                "so it is in {} of {}; to see one: trace {} --order {}",
                output.orders,
                count(orders.run, "order"),
                path.display(),
                run.token
            );
            resume_unwind(panic);
        }
    }
    if let Some(failed) = orders.failed.first() {
        panic!("{}: {} could not be run: {}", path.display(), failed.orders, failed.why);
    }
    assert!(
        orders.all,
        "{}: in {} nothing is wrong, but there are {} at least: make the program smaller, or take \
         `orders_of`, which tells of some",
        path.display(),
        count(orders.run, "order"),
        orders.at_least
    );
}

/// The orders of the program in `path`, all of them or at most so many.
///
/// # Errors
///
/// When it cannot be read, does not compile or cannot be run.
pub fn orders_of(path: &Path, most: NonZeroUsize) -> Result<Orders> {
    let program = Program::at(path)?;
    let text = std::fs::read_to_string(path).context("cannot read it")?;
    let compiled = match program.language {
        Language::Rust => rust::compile(std::slice::from_ref(&program))?.pop(),
        Language::Python => None,
    };
    let text = compiled.as_ref().map_or(text, |compiled| compiled.text.clone());
    let run = runner(&program, compiled.as_ref(), &Options::default());
    let orders = search(&text, &run, Asked { most, wide: false, causes: false }, &|| {})?;
    ensure!(orders.run > 0, "no order was run to its end");
    Ok(orders)
}

impl<'a> Run<'a> {
    fn of(output: &'a Output) -> Self {
        let Output { lines, stderr, ending, example, .. } = output;
        let lines = lines.iter().map(String::as_str).collect();
        Run { lines, stderr, ending, token: &example.token }
    }
}
