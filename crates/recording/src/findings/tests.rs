//! What is found is a matter of who did what, not of what anybody is called.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::event::{Line, TaskId, What};

/// Names that would mislead whoever reads them back out of a sentence.
const NASTY: [&str; 16] = [
    "",
    " ",
    "a and b",
    "left",
    "right",
    "left, right",
    "left or right",
    "left to finish",
    "foo to finish or 1 s",
    "job #1",
    "job",
    "main",
    "the blocking call",
    "its next turn",
    "\"“end”\"",
    "line\nbreak",
];

/// `left` and `right` wait for each other's end, and `main` for one of them;
/// `late` is dropped with a timer.
const CIRCLE: &str = r#"
{"t":0,"ev":"spawn","task":0,"name":"main"}
{"t":0,"ev":"poll","task":0}
{"t":0,"ev":"spawn","task":1,"name":"left","by":0,"line":2}
{"t":0,"ev":"spawn","task":2,"name":"right","by":0,"line":3}
{"t":0,"ev":"pending","task":0,"on":[{"for":"tasks","of":[1]}],"line":4}
{"t":0,"ev":"poll","task":1}
{"t":0,"ev":"pending","task":1,"on":[{"for":"tasks","of":[2]}],"line":5}
{"t":0,"ev":"poll","task":2}
{"t":0,"ev":"pending","task":2,"on":[{"for":"tasks","of":[1]}],"line":6}"#;

/// Nobody waits for the end of the second and third task.
const LEFT: &str = r#"
{"t":0,"ev":"spawn","task":0,"name":"main"}
{"t":0,"ev":"poll","task":0}
{"t":0,"ev":"spawn","task":1,"name":"left","by":0,"line":2}
{"t":0,"ev":"spawn","task":2,"name":"right","by":0,"line":3}
{"t":0,"ev":"spawn","task":3,"name":"both","by":0,"line":3}
{"t":0,"ev":"pending","task":0,"on":[{"for":"tasks","of":[3]}],"line":4}
{"t":0,"ev":"poll","task":1}
{"t":0,"ev":"timer","task":1,"us":50}
{"t":0,"ev":"pending","task":1,"on":[{"for":"time","ns":50000}],"line":5}
{"t":0,"ev":"poll","task":2}
{"t":0,"ev":"timer","task":2,"us":60}
{"t":0,"ev":"pending","task":2,"on":[{"for":"time","ns":60000}],"line":6}
{"t":0,"ev":"poll","task":3}
{"t":0,"ev":"ready","task":3}
{"t":0,"ev":"wake","task":0,"by":3}
{"t":0,"ev":"poll","task":0}
{"t":0,"ev":"ready","task":0}
{"t":0,"ev":"end","task":0}
{"t":0,"ev":"cancel","task":1,"how":"drop"}
{"t":0,"ev":"cancel","task":2,"how":"drop"}"#;

/// One branch of `main` gives the lock back and asks for it again, another, which
/// waits for it, gets it: `main` was woken for that before its poll was over.
const HANDED_ON_WITHIN: &str = r#"
{"t":0,"ev":"spawn","task":0,"name":"main"}
{"t":0,"ev":"poll","task":0}
{"t":0,"ev":"wake","task":0,"by":0}
{"t":0,"ev":"pending","task":0,"on":[{"for":"lock","resource":1,"held":[{"task":0,"line":5,"handed":true}]}],"line":4}
{"t":0,"ev":"poll","task":0}
{"t":0,"ev":"ready","task":0}
{"t":0,"ev":"end","task":0}"#;

/// `first` gives the lock back, which goes to a future that it has polled and
/// given to `second`; when the run ends `second` has not begun, or if `polled`
/// has the lock.
fn given_away(polled: &str) -> Recording {
    read(&format!(
        r#"
{{"t":0,"ev":"spawn","task":0,"name":"main"}}
{{"t":0,"ev":"poll","task":0}}
{{"t":0,"ev":"spawn","task":1,"name":"first","by":0,"line":2}}
{{"t":0,"ev":"pending","task":0,"on":[{{"for":"time","ns":5000}}],"line":3}}
{{"t":0,"ev":"poll","task":1}}
{{"t":0,"ev":"spawn","task":2,"name":"second","by":1,"line":4}}
{{"t":0,"ev":"pending","task":1,"on":[{{"for":"lock","resource":1,"held":[{{"task":1,"line":5,"handed":true,"dormant":true}}]}}],"line":6}}{polled}
{{"t":5,"ev":"wake","task":0,"by":"timer"}}
{{"t":5,"ev":"poll","task":0}}
{{"t":5,"ev":"ready","task":0}}
{{"t":5,"ev":"end","task":0}}
{{"t":5,"ev":"cancel","task":1,"how":"drop"}}
{{"t":5,"ev":"cancel","task":2,"how":"drop"}}"#
    ))
}

fn read(events: &str) -> Recording {
    let header = r#"{"format":2,"program":"p","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"}"#;
    Recording::read(format!("{header}{events}").as_bytes()).unwrap()
}

fn found(recording: &Recording, ending: &Ending) -> Vec<Finding> {
    findings(recording, ending, Duration::ZERO, "", None)
}

/// The same run of tasks that are called otherwise.
fn called(mut recording: Recording, names: &[&str]) -> Recording {
    for event in &mut recording.events {
        if let What::Spawn { task, name, .. } = &mut event.what {
            *name = names[*task as usize].to_owned();
        }
    }
    recording
}

/// All of a finding but its words.
fn facts(found: &[Finding]) -> Vec<(Kind, Vec<Line>, Vec<At>)> {
    let facts = |one: &Finding| (one.kind, one.lines.clone(), one.evidence.clone());
    found.iter().map(facts).collect()
}

#[test]
fn a_circle_is_found_once_though_another_waits_for_a_member() {
    let found = found(&read(CIRCLE), &Ending::Stuck);
    assert_eq!(found.iter().map(|one| one.kind).collect::<Vec<_>>(), [Kind::Deadlock]);
    assert_eq!(found[0].lines, [5, 6]);
}

fn is_deadlock(found: &[Finding]) -> bool {
    found.iter().any(|one| one.kind == Kind::Deadlock)
}

#[test]
fn who_was_woken_while_it_was_polled_waits_for_nobody() {
    assert_eq!(found(&read(HANDED_ON_WITHIN), &Ending::Exit(0)), []);
}

#[test]
fn a_lock_handed_to_a_future_that_another_task_may_have_is_no_deadlock() {
    assert!(!is_deadlock(&found(&given_away(""), &Ending::Exit(0))));
    let takes = r#"
{"t":0,"ev":"poll","task":2}
{"t":0,"ev":"hold","resource":1,"held":[{"task":2,"line":5}]}
{"t":0,"ev":"pending","task":2,"on":[{"for":"time","ns":9000}],"line":7}"#;
    assert!(!is_deadlock(&found(&given_away(takes), &Ending::Exit(0))));
    // Everybody has had a turn, and it is as it was.
    let sleeps = r#"
{"t":0,"ev":"poll","task":2}
{"t":0,"ev":"pending","task":2,"on":[{"for":"time","ns":9000}],"line":7}"#;
    assert!(is_deadlock(&found(&given_away(sleeps), &Ending::Exit(0))));
}

proptest! {
    #[test]
    fn it_is_the_same_whatever_the_tasks_are_called(
        picked in prop::collection::vec(any::<Index>(), 4),
    ) {
        let names: Vec<&str> = picked.iter().map(|one| *one.get(&NASTY)).collect();
        // Findings about tasks of one name are told together.
        let different = (1..4).all(|i| !names[..i].contains(&names[i]));
        prop_assume!(different);
        for (events, ending) in [(CIRCLE, Ending::Stuck), (LEFT, Ending::Exit(0))] {
            let plain = read(events);
            let nasty = called(plain.clone(), &names);
            let (before, after) = (found(&plain, &ending), found(&nasty, &ending));
            // In which order two of one kind are told goes by name.
            let sorted = |found: &[Finding]| {
                let mut facts = facts(found);
                facts.sort();
                facts
            };
            prop_assert!(!before.is_empty());
            prop_assert_eq!(sorted(&before), sorted(&after), "{:?}", after);
            let said = nasty.names();
            for one in &after {
                let named = (0..names.len() as TaskId).any(|task| one.says.contains(&*said.said(task)));
                prop_assert!(named, "{}", one.says);
            }
        }
    }
}
