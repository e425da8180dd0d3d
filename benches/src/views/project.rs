//! The project's own speed.

use anyhow::Result;

use super::{View, present, round, sizes, spread};
use crate::data::Group;
use crate::plot::{Axis, Plot, Series};
use crate::{table, units};

const BUILD: &str = "build";

pub fn plot(group: &Group) -> Result<View> {
    let sizes = sizes(group, "time");
    let mut series = vec![];
    for who in present(group, "time") {
        let figure = |x: &f64| group.figure(BUILD, who.by, Some(*x), "time");
        let points: Vec<_> = sizes.iter().filter_map(|x| Some((*x, spread(figure(x)?)))).collect();
        if !points.is_empty() {
            series.push(Series { who, points, joined: true });
        }
    }
    let values = series.iter().flat_map(|s| s.points.iter().flat_map(|(_, values)| *values));
    let y = Axis::log("until the site is built", values, |s| round(s * 1e9));
    let x = Axis::log("times its chapters", sizes.iter().copied(), |n| format!("{n} ×"));
    let alt = "How long the book takes to build over the number of its chapters, both scales \
               logarithmic. The table below has the numbers.";
    View::plot(alt, &Plot { title: String::new(), x, y, series, height: 300 })
}

pub fn build(group: &Group) -> Result<View> {
    let row = |x: f64| {
        let figure = |by| group.figure(BUILD, by, Some(x), "time");
        let (book, floor) = (figure("book"), figure("floor"));
        let ratio = book.zip(floor).map_or("–".into(), |(b, f)| units::times(b.over(f).middle));
        vec![format!("{} ×", units::count(x)), table::cell(book), table::cell(floor), ratio]
    };
    let rows: Vec<_> = sizes(group, "time").into_iter().map(row).collect();
    Ok(View::Text(table::table(&["its chapters", "this book", "floor", "of the floor"], &rows)))
}

pub fn table(group: &Group) -> Result<View> {
    let rows = [
        ("`cargo run`, until there is a page", "open", "book"),
        ("a chapter saved, until the page has it", "reload", "book"),
        ("`cargo run -- record --check`, all programs", "record", "book"),
        ("`trace`, 200,000 switches in tokio, the processor's time", "traced", "current_thread"),
        ("the program by itself", "alone", "current_thread"),
        ("`trace`, 200,000 switches in asyncio, the processor's time", "traced", "asyncio"),
        ("the program by itself", "alone", "asyncio"),
        ("all blocks of the chapters, by skeptic", "doctests", "skeptic"),
        ("the same, by rustdoc", "doctests", "rustdoc"),
    ];
    let row = |(name, what, by): (&str, _, _)| {
        let cell = |metric| table::cell(group.figure(what, by, None, metric));
        vec![name.to_owned(), cell("time"), cell("each")]
    };
    // A file of an earlier run may not have all of them.
    let is_measured =
        |(_, what, by): &(&str, &str, &str)| group.figure(what, by, None, "time").is_some();
    let rows: Vec<_> = rows.into_iter().filter(is_measured).map(row).collect();
    Ok(View::Text(table::table(&["", "time", "for each program, switch or block"], &rows)))
}
