//! CPU work: from which size on it pays to give it away.

use std::hint::black_box;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use costs::Group;
use costs::programs::python;
use costs::stats::median;

use crate::child;
use crate::run::{Cell, Run, Value};

/// The same as in the program.
const PIECES: u64 = 64;

/// Rounds of computing in one piece. A round takes about two nanoseconds in Rust
/// and two hundred in Python.
const RUST: &[u64] = &[100, 1_000, 10_000, 100_000, 1_000_000];
const PYTHON: &[u64] = &[1, 10, 100, 1_000, 10_000];

pub fn measure(run: &Run) -> (Group, bool) {
    let mut left_out = vec![];
    let mut cells = vec![];
    for n in RUST {
        for by in ["floor", "current_thread", "multi_thread"] {
            cells.push(Cell::of("64 pieces", by, *n as f64));
        }
    }
    if run.has_python("CPU work in Python", &mut left_out) {
        cells.extend(PYTHON.iter().map(|n| Cell::of("64 pieces", "asyncio", *n as f64)));
    }
    let times = if run.quick { 1 } else { 3 };
    run.rounds(5, &cells, left_out, |cell| {
        let rounds = cell.x.unwrap_or_default() as u64;
        if cell.by == "floor" {
            let each: Vec<f64> = (0..times).map(|_| threads(rounds)).collect();
            return Ok(vec![Value::new("threads", "µs", median(&each).unwrap_or_default())]);
        }
        let mut all: Vec<(&'static str, Vec<f64>)> = vec![];
        for _ in 0..times {
            for (way, took) in once(run, &cell.by, rounds)? {
                match all.iter_mut().find(|(other, _)| *other == way) {
                    Some((_, each)) => each.push(took),
                    None => all.push((way, vec![took])),
                }
            }
        }
        let value = |(way, each): (_, Vec<f64>)| Some(Value::new(way, "µs", median(&each)?));
        Ok(all.into_iter().filter_map(value).collect())
    })
}

fn once(run: &Run, by: &str, rounds: u64) -> Result<Vec<(&'static str, f64)>> {
    let mut command = match by {
        "current_thread" => Command::new(run.program("cpu_work")),
        "multi_thread" => Command::new(run.program("cpu_work_workers")),
        _ => Command::new(run.python()?),
    };
    if by == "asyncio" {
        command.arg(python(&run.root, "cpu_work"));
    }
    let stdout = child::output(command.arg(rounds.to_string()), Duration::from_secs(60))?;
    stdout.lines().map(way).collect()
}

/// Reads `in turn        1234 µs`.
fn way(line: &str) -> Result<(&'static str, f64)> {
    const WAYS: [&str; 6] =
        ["in turn", "spawn_blocking", "spawn", "create_task", "to_thread", "processes"];
    let odd = || format!("cpu_work printed {line:?}");
    let way = WAYS.into_iter().find(|way| line.starts_with(way)).with_context(odd)?;
    let took = line[way.len()..].trim().strip_suffix(" µs").with_context(odd)?;
    Ok((way, took.parse().with_context(odd)?))
}

/// A thread for each core, each with its share of the pieces, in µs.
fn threads(rounds: u64) -> f64 {
    let cores = thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let start = Instant::now();
    thread::scope(|scope| {
        for first in 0..cores {
            scope.spawn(move || {
                for piece in (first..PIECES).step_by(cores as usize) {
                    black_box(work(black_box(piece), rounds));
                }
            });
        }
    });
    start.elapsed().as_secs_f64() * 1e6
}

/// The same as in the program.
fn work(seed: u64, rounds: u64) -> u64 {
    let mut x = seed + 1;
    for _ in 0..rounds {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    x
}
