//! CPU work.

use anyhow::Result;

use super::{View, round};
use crate::data::Group;
use crate::names;
use crate::plot::{Axis, Plot, Series};
use crate::{table, units};

const WHAT: &str = "64 pieces";

/// How the plot calls each way of giving work away, and whose figure it is.
const WAYS: [(&str, &str, &str); 5] = [
    ("spawn", "multi_thread", "spawn"),
    ("spawn_blocking", "multi_thread", "spawn_blocking"),
    ("to_thread", "asyncio", "to_thread"),
    ("processes", "asyncio", "processes"),
    ("floor", "floor", "threads"),
];

pub fn plot(group: &Group) -> Result<View> {
    let mut series = vec![];
    for (name, by, way) in WAYS {
        let mut points = vec![];
        for x in sizes(group, by) {
            // The floor has no turn of its own: it does what Rust does.
            let base = if by == "floor" { "multi_thread" } else { by };
            let turn = group.figure(WHAT, base, Some(x), "in turn");
            let (Some(turn), Some(way)) = (turn, group.figure(WHAT, by, Some(x), way)) else {
                continue;
            };
            let speed = turn.over(way);
            // In ns, of one piece.
            points.push((turn.median * 1e3 / 64.0, [speed.low, speed.middle, speed.high]));
        }
        if !points.is_empty() {
            series.push(Series { who: names::find(name), points, joined: true });
        }
    }
    let sizes = series.iter().flat_map(|s| s.points.iter().map(|(x, _)| *x));
    let x = Axis::log("time of one piece, in turn", sizes, round);
    let speeds = series.iter().flat_map(|s| s.points.iter().map(|(_, speed)| speed[1]));
    let y = Axis::log("times as fast as in turn", speeds.chain([1.0]), |v| format!("{v} ×"));
    // What is too small is not drawn beyond the frame.
    let (low, high) = y.range;
    for (_, speed) in series.iter_mut().flat_map(|s| &mut s.points) {
        *speed = speed.map(|v| v.clamp(low, high));
    }
    let alt = "How many times as fast 64 pieces of work are done when they are given away, over \
               the size of a piece, both scales logarithmic. The tables below have the numbers.";
    View::plot(alt, &Plot { title: String::new(), x, y, series, height: 380 })
}

fn sizes(group: &Group, by: &str) -> Vec<f64> {
    let mut sizes: Vec<f64> =
        group.figures.iter().filter(|f| f.by == by).filter_map(|f| f.x).collect();
    sizes.dedup();
    sizes.sort_by(f64::total_cmp);
    sizes.dedup();
    sizes
}

pub fn rust(group: &Group) -> Result<View> {
    let columns = [
        ("in turn", "current_thread", "in turn"),
        ("spawn, one thread", "current_thread", "spawn"),
        ("spawn, workers", "multi_thread", "spawn"),
        ("spawn_blocking", "multi_thread", "spawn_blocking"),
        ("floor", "floor", "threads"),
    ];
    Ok(View::Text(ways(group, "current_thread", &columns)))
}

pub fn python(group: &Group) -> Result<View> {
    let columns = ["in turn", "create_task", "to_thread", "processes"];
    Ok(View::Text(ways(group, "asyncio", &columns.map(|way| (way, "asyncio", way)))))
}

fn ways(group: &Group, by: &str, columns: &[(&str, &str, &str)]) -> String {
    let mut header = vec!["one piece"];
    header.extend(columns.iter().map(|(name, ..)| *name));
    let mut rows = vec![];
    for x in sizes(group, by) {
        let Some(turn) = group.figure(WHAT, by, Some(x), "in turn") else { continue };
        let mut row = vec![units::time(turn.median * 1e3 / 64.0)];
        let cell = |(_, by, way): &(_, &str, &str)| group.figure(WHAT, by, Some(x), way);
        row.extend(columns.iter().map(|column| table::cell(cell(column))));
        rows.push(row);
    }
    table::table(&header, &rows)
}
