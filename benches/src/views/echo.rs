//! An echo server.

use anyhow::Result;

use super::{View, present, round, short, sizes, spread};
use crate::data::Group;
use crate::plot::{Axis, Plot, Series};
use crate::{table, units};

const WHAT: &str = "echo";

pub fn rate_plot(group: &Group) -> Result<View> {
    let alt = "Answers a second over the number of connections, both scales logarithmic. \
               The table below has the numbers.";
    View::plot(alt, &plot(group, "rate", 1.0, "answers a second", short))
}

pub fn latency_plot(group: &Group) -> Result<View> {
    let alt = "The latency that 99 of 100 answers stay below, over the number of connections, \
               both scales logarithmic. The table below has the numbers.";
    View::plot(alt, &plot(group, "p99", 1e3, "99 % answered within", round))
}

fn plot(group: &Group, metric: &str, unit: f64, title: &str, name: fn(f64) -> String) -> Plot {
    let sizes = sizes(group, metric);
    let mut series = vec![];
    for who in present(group, metric) {
        let figure = |x: &f64| group.figure(WHAT, who.by, Some(*x), metric);
        let values = |x: &f64| Some(spread(figure(x)?).map(|value| value * unit));
        let points = sizes.iter().filter_map(|x| Some((*x, values(x)?))).collect();
        series.push(Series { who, points, joined: true });
    }
    let values = series.iter().flat_map(|s| s.points.iter().flat_map(|(_, values)| *values));
    let y = Axis::log(title, values, name);
    let x = Axis::log("connections", sizes.iter().copied(), short);
    Plot { title: String::new(), x, y, series, height: 340 }
}

pub fn table(group: &Group) -> Result<View> {
    let mut rows = vec![];
    for x in sizes(group, "rate") {
        for who in present(group, "rate") {
            let cell = |metric| table::cell(group.figure(WHAT, who.by, Some(x), metric));
            rows.push(vec![
                format!("{}: {}", units::count(x), who.name),
                cell("rate"),
                cell("p50"),
                cell("p99"),
            ]);
        }
    }
    let header = ["connections", "answers a second", "half within", "99 % within"];
    Ok(View::Text(table::table(&header, &rows)))
}
