//! One operation, timed by criterion in a process of its own.
//!
//! This executable starts itself for that, again in every round: what differs
//! from one start to the next, such as where things come to lie in memory, is
//! then part of the spread and not a hidden part of the figure.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use criterion::{Criterion, SamplingMode};
use serde::Deserialize;

use crate::child;
use crate::ops::OPS;
use costs::stats::median;

/// Set to the position in [`OPS`] of the operation to be timed.
const PART: &str = "CONTEXT_SWITCH_MICRO";

/// Times the operation that this process was started for, if it was.
pub fn answer() -> bool {
    let Some(index) = std::env::var(PART).ok().and_then(|index| index.parse::<usize>().ok()) else {
        return false;
    };
    let (.., op) = OPS[index];
    let mut criterion = Criterion::default().configure_from_args();
    criterion
        .benchmark_group("op")
        .sampling_mode(SamplingMode::Flat)
        .bench_function("op", |bencher| bencher.iter_custom(op));
    true
}

/// What criterion keeps of its samples.
#[derive(Deserialize)]
struct Samples {
    iters: Vec<f64>,
    times: Vec<f64>,
}

/// Nanoseconds that one operation of [`OPS`] takes: the median of ten samples,
/// taken for about `time`.
///
/// # Errors
///
/// If the process fails, with what it wrote to stderr.
pub fn time(index: usize, time: Duration, workshop: &Path) -> Result<f64> {
    let seconds = time.as_secs_f64().to_string();
    let warm_up = (time / 4).as_secs_f64().to_string();
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--bench", "--quiet", "--noplot", "--sample-size", "10", "--nresamples", "1000"]);
    command.args(["--measurement-time", &seconds, "--warm-up-time", &warm_up]);
    command.env(PART, index.to_string()).env("CRITERION_HOME", workshop);
    child::output(&mut command, Duration::from_secs(120))?;
    let file = workshop.join("op/op/new/sample.json");
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("criterion left no {}", file.display()))?;
    // So that the next operation cannot be taken for this one.
    std::fs::remove_file(&file)?;
    let samples: Samples = serde_json::from_str(&text).context("criterion's samples")?;
    let each: Vec<f64> =
        samples.times.iter().zip(&samples.iters).map(|(time, n)| time / n).collect();
    ensure!(each.iter().all(|ns| *ns > 0.0), "criterion measured nothing");
    median(&each).context("criterion took no samples")
}
