//! Starting up.

use anyhow::Result;

use super::{View, round, spread};
use crate::data::{Figure, Group};
use crate::names;
use crate::plot::Axis;
use crate::rows::Rows;
use crate::{table, units};

const RUNTIME: &str = "runtime, start and end";

/// How the page calls each start.
const NAMES: [(&str, &str, &str); 10] = [
    ("a process that does nothing", "process", "floor"),
    ("empty main, one thread", "process", "current_thread"),
    ("empty main, workers", "process", "multi_thread"),
    ("python3 -S -c pass", "python, bare", "asyncio"),
    ("python3 -c pass", "python", "asyncio"),
    ("python3 -c \"import asyncio\"", "python and asyncio", "asyncio"),
    ("empty main, asyncio", "process", "asyncio"),
    ("only the runtime, one thread", RUNTIME, "current_thread"),
    ("only the runtime, workers", RUNTIME, "multi_thread"),
    ("only asyncio.run", RUNTIME, "asyncio"),
];

fn rows(group: &Group) -> impl Iterator<Item = (&'static str, &Figure)> {
    let row = |(name, what, by)| Some((name, group.figure(what, by, None, "time")?));
    NAMES.into_iter().filter_map(row)
}

pub fn plot(group: &Group) -> Result<View> {
    let row = |(name, figure): (&str, &Figure)| {
        let unit = if figure.unit == "ms" { 1e6 } else { 1.0 };
        let value = (names::find(&figure.by), spread(figure).map(|value| value * unit));
        (name.to_owned(), vec![value])
    };
    let rows: Vec<_> = rows(group).map(row).collect();
    let all = rows.iter().flat_map(|(_, values)| values.iter().flat_map(|(_, v)| *v));
    let x = Axis::log("from start to end", all, round);
    let alt = "How long each takes from start to end, on a logarithmic scale. \
               The table below has the numbers.";
    View::rows(alt, &Rows { x, rows })
}

/// A few starts without their spreads, for a page that has little room.
pub fn short(group: &Group) -> Result<View> {
    let rows = [
        ("a process that does nothing", "process", "floor"),
        ("tokio, an empty `main`", "process", "current_thread"),
        ("`python3 -c pass`", "python", "asyncio"),
        ("`python3 -c \"import asyncio\"`", "python and asyncio", "asyncio"),
        ("asyncio, an empty `main`", "process", "asyncio"),
        ("of that, `asyncio.run` alone", RUNTIME, "asyncio"),
    ];
    let row = |(name, what, by): (&str, _, _)| {
        let figure = group.figure(what, by, None, "time");
        let time = figure.map_or("–".into(), |figure| units::of(&figure.unit, figure.median));
        vec![name.to_owned(), time]
    };
    Ok(View::Text(table::table(&["", "from start to end"], &rows.map(row))))
}

pub fn table(group: &Group) -> Result<View> {
    let floor = group.figure("process", "floor", None, "time");
    let row = |(name, figure): (&str, &Figure)| {
        let ratio = floor.filter(|floor| floor.unit == figure.unit && figure.by != "floor");
        let ratio = ratio.map(|floor| crate::units::times(figure.over(floor).middle));
        let name = if name.starts_with("python3") { format!("`{name}`") } else { name.to_owned() };
        vec![name, table::cell(Some(figure)), ratio.unwrap_or("–".into())]
    };
    let rows: Vec<_> = rows(group).map(row).collect();
    Ok(View::Text(table::table(&["", "from start to end", "of the floor"], &rows)))
}
