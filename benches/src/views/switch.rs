//! What a switch costs.

use anyhow::Result;

use super::{View, round, spread};
use crate::data::Group;
use crate::names::{self, Who};
use crate::plot::Axis;
use crate::rows::Rows;
use crate::{table, units};

const TASKS: [&str; 4] = ["floor", "current_thread", "multi_thread", "asyncio"];
const ONE: &str = "current_thread";
const THREADS: [&str; 3] = ["floor", "rust", "python"];

pub fn plot(group: &Group) -> Result<View> {
    let values = |what: &str| -> Vec<(Who, [f64; 3])> {
        let figure = |by: &&str| group.figure(what, by, None, "time");
        let of = |by: &str| figure(&by).map(|f| (names::find(by), spread(f)));
        TASKS.iter().filter_map(|by| of(by)).collect()
    };
    let rows: Vec<_> =
        operations(group, &TASKS).map(|what| (what.clone(), values(&what))).collect();
    let all = rows.iter().flat_map(|(_, values)| values.iter().flat_map(|(_, v)| *v));
    let x = Axis::log("time of one operation", all, round);
    let alt = "What one operation costs, a row for each, on a logarithmic scale. \
               The table below has the numbers.";
    View::rows(alt, &Rows { x, rows })
}

/// The operations that have a figure by more than the floor.
fn operations(group: &Group, by: &[&'static str]) -> impl Iterator<Item = String> {
    let mut operations: Vec<String> = vec![];
    for figure in &group.figures {
        let counts = figure.by != "floor" && by.contains(&&*figure.by);
        if counts && !operations.contains(&figure.what) {
            operations.push(figure.what.clone());
        }
    }
    operations.into_iter()
}

pub fn tasks(group: &Group) -> Result<View> {
    Ok(View::Text(columns(group, &TASKS)))
}

pub fn threads(group: &Group) -> Result<View> {
    Ok(View::Text(columns(group, &THREADS)))
}

/// A few operations without their spreads, for a page that has little room.
pub fn short(group: &Group) -> Result<View> {
    let rows = [
        ("to call a function", "call", "python", "rust"),
        ("to await what has nothing to wait for", "await, nothing to wait for", "asyncio", ONE),
        ("to yield once", "yield", "asyncio", ONE),
        ("to spawn a task and await it, one thread", "spawn and await", "asyncio", ONE),
        ("the same, from one thread to another", "spawn and await, from main", "", "multi_thread"),
    ];
    let time = |what: &str, by: &str| {
        let figure = group.figure(what, by, None, "time");
        figure.map_or("–".into(), |figure| units::of(&figure.unit, figure.median))
    };
    let row = |(name, what, python, rust): (&str, _, _, _)| {
        vec![name.to_owned(), time(what, python), time(what, rust)]
    };
    Ok(View::Text(table::table(&["", "asyncio", "tokio"], &rows.map(row))))
}

fn columns(group: &Group, by: &[&'static str]) -> String {
    let mut header = vec!["operation"];
    header.extend(by.iter().map(|by| names::find(by).name));
    let row = |what: String| {
        let cells = by.iter().map(|by| table::cell(group.figure(&what, by, None, "time")));
        std::iter::once(what.clone()).chain(cells).collect()
    };
    table::table(&header, &operations(group, by).map(row).collect::<Vec<_>>())
}
