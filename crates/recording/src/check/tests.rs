//! Each rule, broken once.

use super::*;

/// `foo` sleeps beside `main`, which waits for it and prints.
const GOOD: &str = r#"
{"t":0,"ev":"spawn","task":0,"name":"main"}
{"t":0,"ev":"poll","task":0}
{"t":0,"ev":"spawn","task":1,"name":"foo","by":0}
{"t":0,"ev":"pending","task":0,"on":[{"for":"tasks","of":[1]}]}
{"t":0,"ev":"poll","task":1}
{"t":0,"ev":"timer","task":1,"us":50}
{"t":0,"ev":"pending","task":1,"on":[{"for":"time","ns":50000}]}
{"t":50,"ev":"wake","task":1,"by":"timer"}
{"t":50,"ev":"poll","task":1}
{"t":50,"ev":"ready","task":1}
{"t":50,"ev":"wake","task":0,"by":1}
{"t":50,"ev":"poll","task":0}
{"t":60,"ev":"print","task":0,"text":"done"}
{"t":60,"ev":"ready","task":0}
{"t":60,"ev":"end","task":0}
"#;

fn check_text(text: &str) -> Result<(), Broken> {
    let event = |line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"));
    let events: Vec<Event> = text.lines().filter(|line| !line.is_empty()).map(event).collect();
    check(&events)
}

/// What is wrong once `old` is `new`.
#[track_caller]
fn broken(old: &str, new: &str) -> String {
    assert_eq!(GOOD.matches(old).count(), 1, "{old}");
    check_text(&GOOD.replace(old, new)).expect_err("a rule is broken").why
}

/// What is wrong once `line`, an event, is gone.
#[track_caller]
fn without(line: &str) -> String {
    broken(&format!("{line}\n"), "")
}

#[test]
fn what_keeps_to_the_rules_is_let_through() {
    assert_eq!(check_text(GOOD), Ok(()));
    assert_eq!(check_text(""), Ok(()));
}

#[test]
fn time_does_not_go_back() {
    let why = broken(r#"{"t":60,"ev":"print""#, r#"{"t":40,"ev":"print""#);
    assert_eq!(why, "time goes back from 50 to 40");
}

#[test]
fn a_task_exists_before_anything_happens_to_it() {
    let spawn = r#"{"t":0,"ev":"spawn","task":1,"name":"foo","by":0}"#;
    assert_eq!(without(spawn), "there is no task 1 yet");
    let why = broken(spawn, &spawn.replace(r#""task":1"#, r#""task":2"#));
    assert_eq!(why, "task 2 is spawned, 1 is next");
    let why = broken(r#""by":0}"#, r#""by":7}"#);
    assert_eq!(why, "there is no task 7 yet");
    let why = broken(r#"60,"ev":"print","task":0"#, r#"60,"ev":"print","task":3"#);
    assert_eq!(why, "there is no task 3 yet");
}

#[test]
fn one_task_has_the_thread() {
    let pending = r#"{"t":0,"ev":"pending","task":0,"on":[{"for":"tasks","of":[1]}]}"#;
    assert_eq!(without(pending), "task 1 is polled while task 0 has the thread");
    let why = broken(pending, &pending.replace(r#""task":0"#, r#""task":1"#));
    assert_eq!(why, "task 1 returns, but task 0 has the thread");
    let poll = r#"{"t":50,"ev":"poll","task":1}"#;
    assert_eq!(without(poll), "task 1 returns without having been polled");
    let why = broken(poll, &poll.replace('}', r#","inside":0}"#));
    assert_eq!(why, "task 1 is polled inside Some(0), not None");
    let why = without(r#"{"t":60,"ev":"ready","task":0}"#);
    assert_eq!(why, "the recording ends while task 0 has the thread");
}

#[test]
fn a_poll_inside_another_is_marked_and_ends_first() {
    let (poll, pending) = (
        r#"{"t":0,"ev":"poll","task":1}"#,
        r#"{"t":0,"ev":"pending","task":0,"on":[{"for":"tasks","of":[1]}]}"#,
    );
    let inside = poll.replace('}', r#","inside":0}"#);
    let swapped = GOOD.replace(&format!("{pending}\n"), "").replace(poll, &inside);
    let after = r#"{"t":0,"ev":"pending","task":1,"on":[{"for":"time","ns":50000}]}"#;
    let good = swapped.replace(after, &format!("{after}\n{pending}"));
    assert_eq!(check_text(&good), Ok(()));
    let bad = swapped.replace(after, &format!("{pending}\n{after}"));
    assert_eq!(check_text(&bad).unwrap_err().why, "task 0 returns, but task 1 has the thread");
}

#[test]
fn no_task_is_polled_unless_something_woke_it() {
    let why = without(r#"{"t":50,"ev":"wake","task":0,"by":1}"#);
    assert_eq!(why, "task 0 is polled, but nothing woke it");
}

#[test]
fn a_timer_wakes_nobody_early() {
    let why = broken(r#""us":50"#, r#""us":51"#);
    assert_eq!(why, "a timer wakes task 1, but none is due");
    let why = without(r#"{"t":0,"ev":"timer","task":1,"us":50}"#);
    assert_eq!(why, "a timer wakes task 1, but none is due");
    // A timer wakes once.
    let wake = r#"{"t":50,"ev":"wake","task":1,"by":"timer"}"#;
    assert_eq!(broken(wake, &format!("{wake}\n{wake}")), "a timer wakes task 1, but none is due");
}

#[test]
fn a_task_ends_once() {
    let end = r#"{"t":50,"ev":"wake","task":0,"by":1}"#;
    for event in [
        r#"{"t":50,"ev":"cancel","task":1,"how":"drop"}"#,
        r#"{"t":50,"ev":"cancel","task":1,"how":"throw"}"#,
        r#"{"t":50,"ev":"cancelled","task":1}"#,
        r#"{"t":50,"ev":"poll","task":1}"#,
        r#"{"t":50,"ev":"wake","task":1,"by":"io"}"#,
        r#"{"t":50,"ev":"timer","task":1,"us":1}"#,
    ] {
        let why = broken(end, &format!("{end}\n{event}"));
        assert_eq!(why, "task 1 has ended already", "{event}");
    }
}

#[test]
fn nothing_happens_after_the_process_has_ended() {
    let exit = r#"{"t":60,"ev":"exit","task":0,"status":3}"#;
    let ready = r#"{"t":60,"ev":"ready","task":0}"#;
    let why = broken(ready, &format!("{exit}\n{ready}"));
    assert_eq!(why, "something happens after the process has ended");
    let (before, _) = GOOD.split_once(ready).unwrap();
    let print = r#"{"t":60,"ev":"print","text":"flushed"}"#;
    assert_eq!(check_text(&format!("{before}{exit}\n{print}\n")), Ok(()));
}

#[test]
fn a_broken_rule_says_which_event_breaks_it() {
    let broken = check_text(&GOOD.replace(r#""us":50"#, r#""us":51"#)).unwrap_err();
    assert_eq!(broken.to_string(), "event 7: a timer wakes task 1, but none is due");
}
