//! Moments of whole recordings.

use recording::event::Recording;
use recording::listing::Listing;
use serde_json::Value;

use super::*;
use crate::tests::{CANCEL, V5, read};

/// The moments of a recording whose listing begins in line 5.
fn moments(recording: &Recording) -> Vec<Value> {
    let listing = Listing { text: "async fn main\n".repeat(20), first: 5 };
    let lines = Moments::of(recording, &listing).to_json();
    lines.iter().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// A sentence as it is read, its quotations in quotes, its code in backticks.
fn plain(say: &Value) -> String {
    let part = |part: &Value| match (&part["b"], &part["q"], &part["code"]) {
        (Value::String(name), ..) => name.clone(),
        (_, Value::String(quoted), _) => format!("“{quoted}”"),
        (.., Value::String(code)) => format!("`{code}`"),
        _ => part.as_str().expect("plain text").to_owned(),
    };
    say.as_array().expect("parts").iter().map(part).collect()
}

/// The sentences, and in front of each its kind.
fn told(recording: &Recording) -> String {
    let moments = moments(recording);
    let line = |moment: &Value| {
        format!("{}: {}\n", moment["kind"].as_str().expect("a kind"), plain(&moment["say"]))
    };
    moments[1..].iter().map(line).collect::<String>().replace('\u{a0}', " ")
}

#[test]
fn a_run_on_tokio_is_told() {
    insta::assert_snapshot!(told(&read(V5)), @r#"
    spawn: The program starts. main is ready to run.
    poll: The runtime polls main for the first time: now main has the thread.
    print: main prints “Hello”.
    spawn: main spawns foo. It is ready to run, but main still has the thread.
    timer: main sets a timer: wake me in 1 s.
    pending: main has to wait 1 s, so it gives the thread back. foo wants it.
    poll: The runtime polls foo for the first time: now foo has the thread.
    print: foo prints “foo”.
    timer: foo sets a timer: wake me in 10 s.
    pending: foo has to wait 10 s, so it gives the thread back. Nobody else wants it.
    idle: Nobody wants the thread. The runtime sleeps for 1 s, until main’s timer is due.
    wake: main’s timer is due. main is ready again.
    poll: The runtime polls main. It goes on from its await on line 8.
    print: main prints “World”.
    ready: main is finished and gives the thread back.
    end: main is done, and that ends the program. Nobody waits for foo, which would need 9 s more.
    cancel: The runtime drops foo where it stands on line 14. What comes after never runs.
    "#);
}

#[test]
fn a_run_on_asyncio_is_told_in_its_own_words() {
    insta::assert_snapshot!(told(&read(CANCEL)), @r#"
    spawn: The program starts. main is ready to run.
    poll: The event loop runs a step of main for the first time: now main has the thread.
    spawn: main makes a task of foo. It is ready to run, but main still has the thread.
    pending: main has to wait for its next turn, so it gives the thread back. foo wants it.
    wake: The others had their turn. main is ready again.
    poll: The event loop runs a step of foo for the first time: now foo has the thread. main is ready too and must wait.
    pending: foo has to wait, so it gives the thread back. main wants it.
    poll: The event loop runs a step of main. It goes on from its await on line 2.
    block: main holds the thread for 1 s, in a sleep that blocks on line 3. Meanwhile nobody else can run.
    cancel: main cancels foo: its await on line 9 is to raise `CancelledError`.
    wake: So foo is ready once more: not to go on, but to be told.
    pending: main has to wait for foo to finish, so it gives the thread back. foo wants it.
    poll: The event loop runs a step of foo. It is not to go on: its await on line 9 raises `CancelledError`.
    cancelled: `CancelledError` leaves foo: it ends here, cancelled.
    wake: foo has ended, and main waited for that. main is ready again.
    poll: The event loop runs a step of main. It goes on from its await on line 5.
    print: main prints an empty line to stderr.
    panic: An exception leaves main: “KeyError: 'x'”. That ends the program.
    "#);
}

#[test]
fn a_moment_says_what_it_changes_and_no_more() {
    let moments = moments(&read(V5));
    assert_eq!(
        moments[0],
        serde_json::json!({"async": true, "keeper": "runtime", "polls": "3 polls"})
    );
    let changes = |n: usize| {
        let keys = ["holder", "runtime", "printed", "next", "tasks"];
        let changed = keys.into_iter().filter_map(|key| Some((key, moments[n].get(key)?)));
        changed.map(|(key, value)| format!("{key} {value}")).collect::<Vec<_>>().join(", ")
    };
    // `Hello`, then `foo` is spawned, then the timer of `main`, then it waits.
    assert_eq!(changes(3), r#"printed 1, tasks {"0":{"line":6}}"#);
    assert_eq!(
        changes(4),
        r#"tasks {"0":{"line":7},"1":{"name":"foo","state":"ready","words":"ready, wants it"}}"#
    );
    assert_eq!(changes(5), r#"next 1000000, tasks {"0":{"line":8}}"#);
    assert_eq!(
        changes(6),
        "holder null, runtime \"picks who is next\", \
         tasks {\"0\":{\"on\":\"1 s\",\"state\":\"waiting\",\"words\":\"waits 1\u{a0}s\"}}"
    );
    assert_eq!(moments[6]["kind"], "pending");
}

#[test]
fn names_that_look_like_markup_stay_names() {
    let mut recording = read(V5);
    for event in &mut recording.events {
        if let What::Spawn { name, .. } = &mut event.what {
            *name = "<b>&amp; “load and save”, 3 s".to_owned();
        }
    }
    let moments = moments(&recording);
    let parts = moments[2]["say"].as_array().expect("parts");
    assert_eq!(parts[1], serde_json::json!({"b": "<b>&amp; “load and save”, 3 s #1"}));
    assert_eq!(moments[1]["tasks"]["0"]["tail"], " #1");
}

#[test]
fn a_number_in_the_programs_own_name_is_no_tail() {
    let mut recording = read(V5);
    let mut spawned = 0;
    for event in &mut recording.events {
        if let What::Spawn { name, .. } = &mut event.what {
            spawned += 1;
            *name = format!("job #{spawned}");
        }
    }
    let moments = moments(&recording);
    assert_eq!(moments[1]["tasks"]["0"]["name"], "job #1");
    assert_eq!(moments[1]["tasks"]["0"].get("tail"), None);
}
