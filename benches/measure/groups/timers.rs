//! Late timers: how late they fire, quiet, beside computing, beside a held thread.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use costs::Group;
use costs::programs::python;

use crate::child;
use crate::run::{Cell, Run, Value};

/// The same as in the program.
const TIMERS: usize = 500;
const PERCENTS: [usize; 9] = [0, 10, 25, 50, 75, 90, 95, 99, 100];

pub fn measure(run: &Run) -> (Group, bool) {
    let mut left_out = vec![];
    let mut by = vec!["floor", "current_thread", "multi_thread"];
    if run.has_python("timers in asyncio", &mut left_out) {
        by.push("asyncio");
    }
    let beside = ["quiet", "busy", "held"];
    let cells: Vec<Cell> =
        beside.iter().flat_map(|beside| by.iter().map(|by| Cell::new(beside, by))).collect();
    run.rounds(5, &cells, left_out, |cell| {
        if cell.by == "floor" {
            return Ok(threads(&cell.what));
        }
        let mut command = match &*cell.by {
            "current_thread" => Command::new(run.program("late_timers")),
            "multi_thread" => Command::new(run.program("late_timers_workers")),
            _ => Command::new(run.python()?),
        };
        if cell.by == "asyncio" {
            command.arg(python(&run.root, "late_timers"));
        }
        let stdout = child::output(command.arg(&cell.what), Duration::from_secs(60))?;
        stdout.lines().map(value).collect()
    })
}

/// Reads ` 50 % at most 1234 µs late`.
fn value(line: &str) -> Result<Value> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [percent, "%", "at", "most", late, "µs", "late"] = words[..] else {
        anyhow::bail!("late_timers printed {line:?}");
    };
    let late: f64 = late.parse().context("late_timers printed no number")?;
    Ok(Value { x: Some(percent.parse()?), ..Value::new("late", "µs", late) })
}

/// What the kernel does with a thread that sleeps, beside a thread that does
/// what the program's other task does.
fn threads(beside: &str) -> Vec<Value> {
    let stop = Arc::new(AtomicBool::new(false));
    let other = thread::spawn({
        let (stop, beside) = (Arc::clone(&stop), beside.to_owned());
        move || {
            while !stop.load(Ordering::Relaxed) {
                match &*beside {
                    "quiet" => return,
                    "busy" => std::hint::spin_loop(),
                    _ => thread::sleep(Duration::from_millis(10)),
                }
            }
        }
    });
    let mut late = vec![];
    for _ in 0..TIMERS {
        let due = Instant::now() + Duration::from_millis(5);
        thread::sleep(due.saturating_duration_since(Instant::now()));
        late.push(due.elapsed());
    }
    stop.store(true, Ordering::Relaxed);
    other.join().expect("it does not panic");
    late.sort();
    let value = |percent: usize| {
        let late = late[(late.len() - 1) * percent / 100].as_secs_f64() * 1e6;
        Value { x: Some(percent as f64), ..Value::new("late", "µs", late) }
    };
    PERCENTS.into_iter().map(value).collect()
}
