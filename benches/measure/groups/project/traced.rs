//! What `trace` costs: the processor's time of a program of nothing but switches
//! with it, beside that of the program by itself, both as `cargo run` has them.
//!
//! A recorder that loses switches is cheap. So before anything is timed they are
//! counted, in what `trace` has written.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::child;
use crate::run::{Run, Value, cargo, target};

/// The switches of the program: each of its two tasks is polled once for each
/// turn, and once more to end.
const SWITCHES: usize = 2 * (100_000 + 1);

const TIMEOUT: Duration = Duration::from_secs(600);

/// A language's program, traced or by itself.
pub struct Traced {
    /// Its file.
    file: PathBuf,
    /// What runs it by itself: a command, and what it is called with.
    alone: (PathBuf, Vec<PathBuf>),
}

impl Traced {
    /// The program of tokio, `current_thread`, or `asyncio`, of which `tool` has kept every switch.
    pub fn new(run: &Run, tool: &Path, by: &str) -> Result<Self> {
        let folder = run.root.join("benches/programs/turns");
        let traced = match by {
            "current_thread" => {
                let mut command = cargo();
                command.args(["build", "--quiet", "--package", "programs", "--example", "turns"]);
                command.arg("--target-dir").arg(target()?).current_dir(&run.root);
                child::output(&mut command, TIMEOUT)?;
                let alone = (target()?.join("debug/examples/turns"), Vec::new());
                Traced { file: folder.join("main.rs"), alone }
            }
            _ => {
                let python = run.interpreter.clone().context("there is no Python")?;
                let file = folder.join("main.py");
                Traced { alone: (python, vec![file.clone()]), file }
            }
        };
        traced.keeps_all(run, tool)?;
        Ok(traced)
    }

    fn keeps_all(&self, run: &Run, tool: &Path) -> Result<()> {
        let path = run.workshop.path().join("traced");
        let mut command = Command::new(tool);
        command.arg("trace").arg(&self.file).args(["--format", "jsonl"]).current_dir(&run.root);
        command.stdout(File::create(&path)?).stderr(Stdio::null());
        ensure!(command.status()?.success(), "{} cannot be traced", self.file.display());
        let lines = BufReader::new(File::open(&path)?).lines();
        let mut kept = 0;
        for line in lines {
            kept += usize::from(line?.contains("\"ev\":\"poll\""));
        }
        fs::remove_file(path)?;
        ensure!(kept >= SWITCHES, "only {kept} of {SWITCHES} switches were kept");
        Ok(())
    }

    /// The processor's time with `tool`.
    pub fn with(&self, tool: &Path) -> Result<Vec<Value>> {
        let file = self.file.to_str().context("its path is not UTF-8")?;
        timed(tool, &["trace", file, "--format", "jsonl"])
    }

    /// The same by itself.
    pub fn alone(&self) -> Result<Vec<Value>> {
        let (command, arguments) = &self.alone;
        let arguments: Option<Vec<&str>> = arguments.iter().map(|path| path.to_str()).collect();
        timed(command, &arguments.context("its path is not UTF-8")?)
    }
}

fn timed(command: &Path, arguments: &[&str]) -> Result<Vec<Value>> {
    let used = child::meter(command, arguments, TIMEOUT)?;
    let each = used.cpu_s * 1e3 / SWITCHES as f64;
    Ok(vec![
        Value::new("time", "s", used.cpu_s),
        Value::new("each", "ms", each),
        Value::new("peak", "B", used.peak),
    ])
}
