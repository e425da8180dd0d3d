//! A million tasks.

use anyhow::Result;

use super::{View, present, short, sizes, spread};
use crate::data::Group;
use crate::plot::{Axis, Plot, Series};
use crate::{table, units};

const WHAT: &str = "sleepers";

pub fn time_plot(group: &Group) -> Result<View> {
    let alt = "How long N sleepers of one second take altogether, both scales logarithmic. \
               The table below has the numbers.";
    let seconds = |s: f64| format!("{s} s");
    View::plot(alt, &plot(group, "time", "until all have slept", seconds))
}

pub fn memory_plot(group: &Group) -> Result<View> {
    let alt = "The memory that a program with N sleepers has at most, both scales logarithmic. \
               The table below has the numbers.";
    let bytes = |bytes: f64| match bytes {
        b if b >= 1e9 => format!("{} GB", b / 1e9),
        b => format!("{} MB", b / 1e6),
    };
    View::plot(alt, &plot(group, "memory", "memory at most", bytes))
}

fn plot(group: &Group, metric: &str, title: &str, name: fn(f64) -> String) -> Plot {
    let sizes = sizes(group, metric);
    let mut series = vec![];
    for who in present(group, metric) {
        let figure = |x: &f64| group.figure(WHAT, who.by, Some(*x), metric);
        let points = sizes.iter().filter_map(|x| Some((*x, spread(figure(x)?)))).collect();
        series.push(Series { who, points, joined: true });
    }
    let values = series.iter().flat_map(|s| s.points.iter().flat_map(|(_, values)| *values));
    let y = Axis::log(title, values, name);
    let x = Axis::log("sleepers", sizes.iter().copied(), short);
    Plot { title: String::new(), x, y, series, height: 380 }
}

pub fn time(group: &Group) -> Result<View> {
    Ok(View::Text(columns(group, "time")))
}

pub fn cpu(group: &Group) -> Result<View> {
    Ok(View::Text(columns(group, "cpu")))
}

pub fn memory(group: &Group) -> Result<View> {
    Ok(View::Text(columns(group, "memory")))
}

fn columns(group: &Group, metric: &str) -> String {
    let by = present(group, metric);
    let mut header = vec!["sleepers"];
    header.extend(by.iter().map(|who| who.name));
    let row = |x: f64| {
        let cells = by.iter().map(|who| table::cell(group.figure(WHAT, who.by, Some(x), metric)));
        std::iter::once(units::count(x)).chain(cells).collect()
    };
    table::table(&header, &sizes(group, metric).into_iter().map(row).collect::<Vec<_>>())
}

/// What each sleeper adds: the difference between the most and one, over the most.
pub fn each(group: &Group) -> Result<View> {
    let mut rows = vec![];
    for who in present(group, "memory") {
        let of = |x: f64, metric| group.figure(WHAT, who.by, Some(x), metric);
        let most = sizes(group, "memory").into_iter().rfind(|x| of(*x, "memory").is_some());
        let Some(n) = most.filter(|n| *n > 1.0) else { continue };
        let each = |metric| Some((of(n, metric)?.median - of(1.0, metric)?.median) / n);
        rows.push(vec![
            who.name.to_owned(),
            units::count(n),
            each("memory").map_or("–".into(), units::bytes),
            each("cpu").map_or("–".into(), |s: f64| units::time(s * 1e9)),
        ]);
    }
    let size = group.figure("a sleep", "floor", None, "size").map(|size| size.median);
    let future = size.map_or(String::new(), |size| {
        format!("\nThe future that each tokio task holds, a `Sleep`, has {size:.0} bytes.\n")
    });
    let header = ["", "sleepers", "memory for each", "processor for each"];
    Ok(View::Text(table::table(&header, &rows) + &future))
}
