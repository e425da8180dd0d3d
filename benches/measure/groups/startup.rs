//! Starting up: whole processes that do nothing.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use costs::Group;
use costs::programs::python;
use costs::stats::median;

use super::switch::operation;
use crate::child;
use crate::ops::{OPS, PYTHON, RUNTIME};
use crate::run::{Cell, Run, Value};

/// Starts in one round; the round's figure is their median.
const STARTS: usize = 20;

pub fn measure(run: &Run) -> (Group, bool) {
    let mut left_out = vec![];
    let mut cells = vec![
        Cell::new("process", "floor"),
        Cell::new("process", "current_thread"),
        Cell::new("process", "multi_thread"),
    ];
    cells.extend(OPS.iter().filter(|op| op.0 == RUNTIME).map(|op| Cell::new(op.0, op.1)));
    if run.has_python("starting Python", &mut left_out) {
        for what in ["python, bare", "python", "python and asyncio", "process"] {
            cells.push(Cell::new(what, "asyncio"));
        }
        let runtime = PYTHON.iter().filter(|op| op.0 == RUNTIME);
        cells.extend(runtime.map(|op| Cell::new(op.0, op.1)));
    }
    run.rounds(5, &cells, left_out, |cell| {
        if cell.what == RUNTIME {
            return operation(run, cell);
        }
        let starts = if run.quick { STARTS / 4 } else { STARTS };
        let times: Result<Vec<f64>> = (0..starts).map(|_| start(run, cell)).collect();
        let time = median(&times?).context("no starts")?;
        Ok(vec![Value::new("time", "ms", time)])
    })
}

/// Milliseconds from the start of a process to its end.
fn start(run: &Run, cell: &Cell) -> Result<f64> {
    let script = python(&run.root, "empty_main");
    let script = script.to_string_lossy();
    let one_thread = run.program("empty_main");
    let workers = run.program("empty_main_workers");
    let (program, arguments): (&Path, &[&str]) = match (&*cell.what, &*cell.by) {
        (_, "floor") => ("true".as_ref(), &[]),
        (_, "current_thread") => (&one_thread, &[]),
        (_, "multi_thread") => (&workers, &[]),
        ("python, bare", _) => (run.python()?, &["-S", "-c", "pass"]),
        ("python", _) => (run.python()?, &["-c", "pass"]),
        ("python and asyncio", _) => (run.python()?, &["-c", "import asyncio"]),
        _ => (run.python()?, &[&script]),
    };
    Ok(child::meter(program, arguments, Duration::from_secs(30))?.wall_s * 1e3)
}
