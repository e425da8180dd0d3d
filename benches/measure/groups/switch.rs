//! What a switch costs: single operations.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use costs::Group;
use costs::stats::median;
use serde::Deserialize;

use crate::child;
use crate::micro;
use crate::ops::{OPS, PYTHON, RUNTIME};
use crate::run::{Cell, Run, Value};

pub fn measure(run: &Run) -> (Group, bool) {
    let mut left_out = vec![];
    let python = run.has_python("all operations in Python", &mut left_out);
    let mut cells: Vec<Cell> = vec![];
    for (what, ..) in OPS.iter().filter(|(what, ..)| *what != RUNTIME) {
        if cells.iter().any(|cell| cell.what == *what) {
            continue;
        }
        let rust = OPS.iter().filter(|(other, ..)| other == what);
        cells.extend(rust.map(|(what, by, _)| Cell::new(what, by)));
        if python && let Some((what, by)) = PYTHON.iter().find(|(other, _)| other == what) {
            cells.push(Cell::new(what, by));
        }
    }
    run.rounds(5, &cells, left_out, |cell| operation(run, cell))
}

/// What one operation takes, in Rust or in Python.
pub fn operation(run: &Run, cell: &Cell) -> Result<Vec<Value>> {
    let time = run.seconds(0.3);
    let here = |(what, by, _): &(&str, &str, _)| (*what, *by) == (&*cell.what, &*cell.by);
    let ns = match OPS.iter().position(here) {
        Some(index) => micro::time(index, time, run.workshop.path())?,
        None => python(run, &cell.what, time)?,
    };
    Ok(vec![Value::new("time", "ns", ns)])
}

fn python(run: &Run, what: &str, time: Duration) -> Result<f64> {
    #[derive(Deserialize)]
    struct Samples {
        ns: Vec<f64>,
    }
    let mut command = Command::new(run.python()?);
    command.arg(run.root.join("benches/python/ops.py")).arg(what);
    command.arg(time.as_secs_f64().to_string());
    let stdout = child::output(&mut command, Duration::from_secs(120))?;
    let samples: Samples = serde_json::from_str(&stdout).context("the samples of ops.py")?;
    median(&samples.ns).context("ops.py took no samples")
}
