//! Late timers and held threads.

use anyhow::Result;

use super::{View, present, round, sizes, spread};
use crate::data::Group;
use crate::plot::{Axis, Plot, Series};
use crate::table;

pub fn quiet(group: &Group) -> Result<View> {
    plot(group, "quiet")
}

pub fn busy(group: &Group) -> Result<View> {
    plot(group, "busy")
}

pub fn held(group: &Group) -> Result<View> {
    plot(group, "held")
}

fn plot(group: &Group, beside: &str) -> Result<View> {
    let percents = sizes(group, "late");
    let mut series = vec![];
    for who in present(group, "late") {
        let figure = |x: &f64| group.figure(beside, who.by, Some(*x), "late");
        let ns = |values: [f64; 3]| values.map(|late| late * 1e3);
        let points = percents.iter().filter_map(|x| Some((*x, ns(spread(figure(x)?))))).collect();
        series.push(Series { who, points, joined: true });
    }
    // One scale for the three, so that they can be compared.
    let all = group.figures.iter().flat_map(|f| [f.low * 1e3, f.high * 1e3]);
    let y = Axis::log("late by at most", all, round);
    let ticks = [0, 25, 50, 75, 100].map(|p| (f64::from(p), format!("{p} %"))).into();
    let x = Axis { title: "of the timers".into(), log: false, range: (0.0, 100.0), ticks };
    let alt = format!(
        "How late the timers fired, {beside}: the share of the timers along, how late they were \
         at most upward, logarithmic. The table below has the numbers."
    );
    let title = match beside {
        "quiet" => "nothing beside",
        "busy" => "beside computing",
        _ => "beside held threads",
    };
    View::plot(&alt, &Plot { title: title.into(), x, y, series, height: 310 })
}

pub fn table(group: &Group) -> Result<View> {
    let mut rows = vec![];
    for beside in ["quiet", "busy", "held"] {
        for who in present(group, "late") {
            let cell = |percent| table::cell(group.figure(beside, who.by, Some(percent), "late"));
            let mut row = vec![format!("{beside}: {}", who.name)];
            row.extend([10.0, 50.0, 90.0, 99.0, 100.0].map(cell));
            rows.push(row);
        }
    }
    let header = ["", "10 % at most", "half", "90 %", "99 %", "the latest"];
    Ok(View::Text(table::table(&header, &rows)))
}
