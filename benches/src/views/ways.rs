//! Waiting and computing, one way and another.

use anyhow::Result;

use super::View;
use crate::data::Group;
use crate::table;

pub fn waiting(group: &Group) -> Result<View> {
    Ok(View::Text(columns(
        group,
        "three waits",
        &[
            ("in tasks", "waiting_in_tasks"),
            ("in threads", "waiting_in_threads"),
            ("in processes", "waiting_in_processes"),
        ],
    )))
}

pub fn computing(group: &Group) -> Result<View> {
    Ok(View::Text(columns(
        group,
        "two computations",
        &[
            ("one after the other", "computing_in_turn"),
            ("in two threads", "computing_in_threads"),
            ("in two processes", "computing_in_processes"),
        ],
    )))
}

fn columns(group: &Group, title: &str, ways: &[(&str, &str)]) -> String {
    let cell = |what: &str, by| table::cell(group.figure(what, by, None, "time"));
    let row = |(name, what): &(&str, &str)| {
        vec![(*name).to_owned(), cell(what, "rust"), cell(what, "python")]
    };
    table::table(&[title, "Rust", "Python"], &ways.iter().map(row).collect::<Vec<_>>())
}
