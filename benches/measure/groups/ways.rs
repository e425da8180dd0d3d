//! Waiting and computing, one way and another: examples of the book, as a whole.

use std::time::Duration;

use anyhow::Result;
use costs::Group;
use costs::programs::{WAYS, example};

use crate::child;
use crate::run::{Cell, Run, Value};

pub fn measure(run: &Run) -> (Group, bool) {
    let mut left_out = vec![];
    let mut by = vec!["rust"];
    if run.has_python("waiting and computing in Python", &mut left_out) {
        by.push("python");
    }
    let mut cells = vec![];
    for way in WAYS {
        cells.extend(by.iter().map(|by| Cell::new(way, by)));
    }
    run.rounds(5, &cells, left_out, |cell| Ok(vec![Value::new("time", "s", whole(run, cell)?)]))
}

/// Seconds from the start of the process to its end.
fn whole(run: &Run, cell: &Cell) -> Result<f64> {
    let timeout = Duration::from_secs(60);
    let used = if cell.by == "rust" {
        child::meter(&run.program(&cell.what), &[], timeout)?
    } else {
        let script = example(&run.root, &cell.what);
        child::meter(run.python()?, &[&script.to_string_lossy()], timeout)?
    };
    Ok(used.wall_s)
}
