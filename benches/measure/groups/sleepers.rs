//! A million tasks: whole programs that let N sleep for a second.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use costs::Group;
use costs::programs::python;

use crate::child::{self, Usage};
use crate::machine::{memory, most_threads};
use crate::run::{Cell, Run, Value};

const SIZES: &[u64] = &[1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

pub fn measure(run: &Run) -> (Group, bool) {
    let mut left_out = vec![];
    let mut by = vec!["floor", "current_thread", "multi_thread", "thread"];
    if run.has_python("sleepers in asyncio", &mut left_out) {
        by.insert(3, "asyncio");
    }
    let most = if run.quick { 10_000 } else { u64::MAX };
    let mut cells = vec![];
    for n in SIZES.iter().filter(|n| **n <= most) {
        cells.extend(by.iter().map(|by| Cell::of("sleepers", by, *n as f64)));
    }
    // Between the round numbers, where threads have to stop.
    let threads = most_threads().0 / 1000 * 1000;
    if !run.quick && !SIZES.contains(&threads) && threads < 1_000_000 {
        cells.push(Cell::of("sleepers", "thread", threads as f64));
    }
    cells.push(Cell::new("a sleep", "floor"));
    let mut peaks = HashMap::new();
    run.rounds(3, &cells, left_out, |cell| {
        let Some(n) = cell.x else {
            let sleep = tokio_sleep_size();
            return Ok(vec![Value::new("size", "bytes", sleep as f64)]);
        };
        may_have(n as u64, &cell.by, &peaks)?;
        let Usage { wall_s, cpu_s, peak } = sleepers(run, &cell.by, n as u64)?;
        ensure!(wall_s >= 1.0, "it took only {wall_s} s: it did not sleep");
        peaks.insert((cell.by.clone(), n as u64), peak);
        Ok(vec![
            Value::new("time", "s", wall_s),
            Value::new("cpu", "s", cpu_s),
            Value::new("memory", "bytes", peak),
        ])
    })
}

fn sleepers(run: &Run, by: &str, n: u64) -> Result<Usage> {
    let n = n.to_string();
    let timeout = Duration::from_secs(300);
    let program = match by {
        "floor" => "many_boxes",
        "current_thread" => "many_sleepers",
        "multi_thread" => "many_sleepers_workers",
        "thread" => "many_threads",
        _ => {
            let script = python(&run.root, "many_sleepers");
            let arguments = [&*script.to_string_lossy(), &*n];
            return child::meter(run.python()?, &arguments, timeout);
        }
    };
    child::meter(&run.program(program), &[&n], timeout)
}

/// Refuses what would take the machine's memory or threads from everybody else.
fn may_have(n: u64, by: &str, peaks: &HashMap<(String, u64), f64>) -> Result<()> {
    if by == "thread" {
        let (most, why) = most_threads();
        ensure!(n <= most, "{why}");
    }
    // Ten times as many need at most ten times as much.
    let Some(before) = peaks.get(&(by.to_owned(), n / 10)) else { return Ok(()) };
    let (needed, free) = (before * 10.0, memory("MemAvailable").unwrap_or(u64::MAX) as f64);
    if needed > free * 0.8 {
        bail!("it may need {:.0} MiB, and {:.0} are free", needed / 1048576.0, free / 1048576.0);
    }
    Ok(())
}

/// Bytes of the future that each task holds.
fn tokio_sleep_size() -> usize {
    fn size<T>(_: impl FnOnce(Duration) -> T) -> usize {
        size_of::<T>()
    }
    size(tokio::time::sleep)
}
