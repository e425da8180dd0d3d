//! What the pages show of the figures: plots, and tables with the same data.

mod cpu;
mod echo;
mod project;
mod sleepers;
mod startup;
mod switch;
mod timers;
mod ways;

use anyhow::Result;

use crate::data::{Figure, Group};
use crate::names::{self, Who};
use crate::plot::{Plot, Theme};
use crate::rows::Rows;
use crate::units;

/// Something that a page shows.
pub enum View {
    /// Markdown.
    Text(String),
    /// A plot.
    Plot {
        /// What it shows, for those who do not see it.
        alt: String,
        /// The SVG for light pages.
        light: String,
        /// The SVG for dark pages.
        dark: String,
    },
}

/// Makes a view of a group.
pub type Make = fn(&Group) -> Result<View>;

/// All views: the group, the view's name, and how it is made.
pub const VIEWS: &[(&str, &str, Make)] = &[
    ("switch", "plot", switch::plot),
    ("switch", "tasks", switch::tasks),
    ("switch", "threads", switch::threads),
    ("switch", "short", switch::short),
    ("switch", "machine", machine),
    ("sleepers", "time-plot", sleepers::time_plot),
    ("sleepers", "memory-plot", sleepers::memory_plot),
    ("sleepers", "time", sleepers::time),
    ("sleepers", "cpu", sleepers::cpu),
    ("sleepers", "memory", sleepers::memory),
    ("sleepers", "each", sleepers::each),
    ("sleepers", "machine", machine),
    ("timers", "quiet-plot", timers::quiet),
    ("timers", "busy-plot", timers::busy),
    ("timers", "held-plot", timers::held),
    ("timers", "table", timers::table),
    ("timers", "machine", machine),
    ("cpu", "plot", cpu::plot),
    ("cpu", "rust", cpu::rust),
    ("cpu", "python", cpu::python),
    ("cpu", "machine", machine),
    ("startup", "plot", startup::plot),
    ("startup", "table", startup::table),
    ("startup", "short", startup::short),
    ("startup", "machine", machine),
    ("echo", "rate-plot", echo::rate_plot),
    ("echo", "latency-plot", echo::latency_plot),
    ("echo", "table", echo::table),
    ("echo", "machine", machine),
    ("ways", "waiting", ways::waiting),
    ("ways", "computing", ways::computing),
    ("ways", "machine", machine),
    ("project", "plot", project::plot),
    ("project", "build", project::build),
    ("project", "table", project::table),
    ("project", "machine", machine),
];

impl View {
    fn plot(alt: &str, plot: &Plot) -> Result<Self> {
        let (light, dark) = (plot.svg(Theme::Light)?, plot.svg(Theme::Dark)?);
        Ok(View::Plot { alt: alt.into(), light, dark })
    }

    fn rows(alt: &str, rows: &Rows) -> Result<Self> {
        let (light, dark) = (rows.svg(Theme::Light)?, rows.svg(Theme::Dark)?);
        Ok(View::Plot { alt: alt.into(), light, dark })
    }
}

/// Where and when it was measured, and what was left out.
fn machine(group: &Group) -> Result<View> {
    let m = &group.machine;
    let python = m.python.as_deref().unwrap_or("no Python");
    let (memory, rustc) = (m.memory_mib / 1024, m.rustc.split(" (").next().unwrap_or_default());
    let mut text = format!(
        "Measured on {} (UTC) in {} s: {}, {} cores, {memory} GiB, {}, {rustc}, tokio {}, {python}. \
         The load before it was {:.2}.\n",
        group.date, group.took_s, m.cpu, m.cores, m.kernel, m.tokio, group.load_before
    );
    if !group.left_out.is_empty() {
        text += "\nLeft out:\n\n";
        for left_out in &group.left_out {
            text += &format!("- {}: {}\n", left_out.what, left_out.why);
        }
    }
    Ok(View::Text(text))
}

fn spread(figure: &Figure) -> [f64; 3] {
    [figure.low, figure.median, figure.high]
}

/// Those of `by` that have a figure of `metric`, in the order of the columns.
fn present(group: &Group, metric: &str) -> Vec<Who> {
    let has = |who: &&Who| group.figures.iter().any(|f| f.by == who.by && f.metric == metric);
    names::ALL.iter().filter(has).copied().collect()
}

/// The sizes that have a figure of `metric`, from small to large.
fn sizes(group: &Group, metric: &str) -> Vec<f64> {
    let mut sizes: Vec<f64> =
        group.figures.iter().filter(|f| f.metric == metric).filter_map(|f| f.x).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.dedup();
    sizes
}

/// A name for a power of ten on an axis of counts.
fn short(n: f64) -> String {
    match n {
        n if n >= 1e6 => format!("{} M", n / 1e6),
        n if n >= 1e3 => format!("{} k", n / 1e3),
        n => format!("{n}"),
    }
}

/// A round time on an axis in ns, without decimals.
fn round(ns: f64) -> String {
    units::time(ns).replace(".00", "").replace(".0 ", " ")
}
