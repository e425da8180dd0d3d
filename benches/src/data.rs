//! What was measured, and the file that keeps it.
//!
//! The file is one JSON object, made to be read by others too: for each group the
//! machine, the figures with their medians and spreads, and what was left out.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::stats::{Ratio, median};

/// The version of the file's shape; rises when a meaning changes.
pub const FORMAT: u32 = 1;

/// All that was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// [`FORMAT`].
    pub format: u32,
    /// By name: `switch`, `sleepers`, …
    pub groups: BTreeMap<String, Group>,
}

/// Figures that were measured together, so that their ratios mean something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Where.
    pub machine: Machine,
    /// When it was begun, in UTC: `2026-01-31 12:00`.
    pub date: String,
    /// How long all of it took, in seconds.
    pub took_s: u64,
    /// The 1-minute load average before it: what else the machine was doing.
    pub load_before: f64,
    /// What was measured, in the order of measuring.
    pub figures: Vec<Figure>,
    /// What was not.
    pub left_out: Vec<LeftOut>,
}

/// What the figures depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor as the kernel names it.
    pub cpu: String,
    /// How many threads can run at once.
    pub cores: usize,
    /// Bytes of memory, in MiB.
    pub memory_mib: u64,
    /// The kernel and its version.
    pub kernel: String,
    /// `rustc --version`.
    pub rustc: String,
    /// The version of tokio that the programs were compiled with.
    pub tokio: String,
    /// `python3 --version`, if there is one.
    pub python: Option<String>,
}

/// One figure: the same thing measured in several rounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What was done: `spawn and await`.
    pub what: String,
    /// By whom: `current_thread`, `multi_thread`, `asyncio`, `floor`, …
    pub by: String,
    /// How many or how much of it, where that is varied.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub x: Option<f64>,
    /// What of it: `time`, `cpu`, `memory`, …
    pub metric: String,
    /// Of the numbers below: `ns`, `s`, `bytes`, `1/s`, …
    pub unit: String,
    /// The round in the middle.
    pub median: f64,
    /// The lowest round.
    pub low: f64,
    /// The highest round.
    pub high: f64,
    /// How many rounds.
    pub rounds: usize,
}

/// Something that was to be measured and could not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Which figure, or several.
    pub what: String,
    /// The reason, for people.
    pub why: String,
}

impl Figure {
    /// The figure that comes of `rounds`; `None` if there are none.
    pub fn of_rounds(
        rounds: &[f64],
        what: &str,
        by: &str,
        x: Option<f64>,
        metric: &str,
        unit: &str,
    ) -> Option<Self> {
        Some(Figure {
            what: what.into(),
            by: by.into(),
            x,
            metric: metric.into(),
            unit: unit.into(),
            median: median(rounds)?,
            low: rounds.iter().copied().fold(f64::INFINITY, f64::min),
            high: rounds.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            rounds: rounds.len(),
        })
    }

    /// This figure as a multiple of `other`.
    pub fn over(&self, other: &Figure) -> Ratio {
        Ratio {
            middle: self.median / other.median,
            low: self.low / other.high,
            high: self.high / other.low,
        }
    }
}

impl Group {
    /// The figure of `metric` that was measured for `what`, `by` and `x`.
    pub fn figure(&self, what: &str, by: &str, x: Option<f64>, metric: &str) -> Option<&Figure> {
        self.figures.iter().find(|f| f.what == what && f.by == by && f.x == x && f.metric == metric)
    }
}

/// The data file of the book at `root`.
pub fn path(root: &Path) -> PathBuf {
    root.join("src/cost/measured.json")
}

impl Measured {
    /// Reads `file`; nothing measured yet if it does not exist.
    ///
    /// # Errors
    ///
    /// If it cannot be read or is of another format.
    pub fn read(file: &Path) -> Result<Self> {
        if !file.exists() {
            return Ok(Measured { format: FORMAT, groups: BTreeMap::new() });
        }
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let measured: Measured = serde_json::from_str(&text)
            .with_context(|| format!("{} holds no measurements", file.display()))?;
        ensure!(
            measured.format == FORMAT,
            "{} has format {}, this program writes {FORMAT}: measure again with cargo bench",
            file.display(),
            measured.format
        );
        Ok(measured)
    }

    /// Writes `file` as a whole or not at all.
    ///
    /// # Errors
    ///
    /// If it cannot be written; what was there stays.
    pub fn write(&self, file: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        write_whole(file, &text)
    }
}

/// Writes `text` to `file` as a whole or not at all.
///
/// # Errors
///
/// If the folder cannot be made or written to; what was there stays.
pub fn write_whole(file: &Path, text: &str) -> Result<()> {
    let folder = file.parent().context("a file has a folder")?;
    let cannot = || format!("cannot write {}", file.display());
    std::fs::create_dir_all(folder).with_context(cannot)?;
    let mut new = tempfile::Builder::new()
        .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .tempfile_in(folder)
        .with_context(cannot)?;
    new.write_all(text.as_bytes()).with_context(cannot)?;
    new.persist(file).with_context(cannot)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(by: &str, rounds: &[f64]) -> Figure {
        Figure::of_rounds(rounds, "yield", by, None, "time", "ns").expect("rounds")
    }

    #[test]
    fn the_spread_is_the_lowest_and_the_highest_round() {
        let figure = figure("asyncio", &[5.0, 3.0, 4.0]);
        assert_eq!((figure.low, figure.median, figure.high, figure.rounds), (3.0, 4.0, 5.0, 3));
    }

    #[test]
    fn nothing_measured_is_no_figure() {
        assert_eq!(Figure::of_rounds(&[], "yield", "floor", None, "time", "ns"), None);
    }

    #[test]
    fn a_ratio_keeps_the_spread_of_both() {
        let ratio = figure("asyncio", &[8.0, 10.0, 12.0]).over(&figure("floor", &[1.0, 2.0, 4.0]));
        assert_eq!((ratio.low, ratio.middle, ratio.high), (2.0, 5.0, 12.0));
    }

    #[test]
    fn another_format_is_refused_and_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("measured.json");
        std::fs::write(&file, r#"{"format":0,"groups":{}}"#).unwrap();
        let error = Measured::read(&file).unwrap_err().to_string();
        assert!(error.contains("format 0") && error.contains("cargo bench"), "{error}");
    }
}
