//! Whole views of whole recordings, and diagrams of programs that are up to
//! no good.

use insta::assert_snapshot;

use super::*;
use recording::event::{Event, Recording, What};
use recording::listing::Listing;

/// `main` sleeps 1 s, its task 10 s, as tokio runs it; the listing starts in line 5.
pub const V5: &str = r#"{"format":2,"program":"v5","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"}
{"t":0,"ev":"spawn","task":0,"name":"main","line":9}
{"t":0,"ev":"poll","task":0,"line":9}
{"t":0,"ev":"print","task":0,"text":"Hello","line":10}
{"t":0,"ev":"spawn","task":1,"name":"foo","by":0,"line":11}
{"t":0,"ev":"timer","task":0,"us":1000000,"line":12}
{"t":0,"ev":"pending","task":0,"on":[{"for":"time","ns":1000000000}],"line":12}
{"t":0,"ev":"poll","task":1,"line":16}
{"t":0,"ev":"print","task":1,"text":"foo","line":17}
{"t":0,"ev":"timer","task":1,"us":10000000,"line":18}
{"t":0,"ev":"pending","task":1,"on":[{"for":"time","ns":10000000000}],"line":18}
{"t":1000000,"ev":"wake","task":0,"by":"timer"}
{"t":1000000,"ev":"poll","task":0,"line":12}
{"t":1000000,"ev":"print","task":0,"text":"World","line":13}
{"t":1000000,"ev":"ready","task":0}
{"t":1000000,"ev":"end","task":0}
{"t":1000000,"ev":"cancel","task":1,"how":"drop"}
"#;

/// The same in asyncio, but `main` cancels and awaits `foo` after a blocking second.
pub const CANCEL: &str = r#"{"format":2,"program":"cancel","language":"python","runtime":"asyncio 3.11.7","clock":"virtual","class":"exact"}
{"t":0,"ev":"spawn","task":0,"name":"main","line":4}
{"t":0,"ev":"poll","task":0,"line":4}
{"t":0,"ev":"spawn","task":1,"name":"foo","by":0,"line":5}
{"t":0,"ev":"pending","task":0,"on":[{"for":"turn"}],"line":6}
{"t":0,"ev":"wake","task":0,"by":"runtime"}
{"t":0,"ev":"poll","task":1,"line":12}
{"t":0,"ev":"pending","task":1,"on":null,"line":13}
{"t":0,"ev":"poll","task":0,"line":6}
{"t":0,"ev":"block","task":0,"us":1000000,"line":7}
{"t":1000000,"ev":"cancel","task":1,"how":"throw","by":0}
{"t":1000000,"ev":"wake","task":1,"by":0}
{"t":1000000,"ev":"pending","task":0,"on":[{"for":"tasks","of":[1]}],"line":9}
{"t":1000000,"ev":"poll","task":1,"line":13}
{"t":1000000,"ev":"cancelled","task":1}
{"t":1000000,"ev":"wake","task":0,"by":1}
{"t":1000000,"ev":"poll","task":0,"line":9}
{"t":1000000,"ev":"print","task":0,"text":"","stream":"stderr"}
{"t":1000000,"ev":"panic","task":0,"text":"KeyError: 'x'","line":10}
"#;

/// A worker spawns a task, another steals it and wakes the first.
const STOLEN: &str = r#"{"format":2,"program":"two","language":"rust","runtime":"tokio 1.54.1","clock":"real","workers":2,"class":"seen"}
{"t":0,"worker":0,"ev":"spawn","task":0,"name":"main"}
{"t":0,"worker":0,"ev":"poll","task":0}
{"t":5,"worker":0,"ev":"spawn","task":1,"name":"foo","by":0}
{"t":6,"worker":1,"ev":"poll","task":1}
{"t":7,"worker":0,"ev":"pending","task":0,"on":[{"for":"tasks","of":[1]}]}
{"t":8,"worker":1,"ev":"spawn","task":2,"name":"bar","by":1}
{"t":9,"worker":1,"ev":"block","task":1,"us":300000}
{"t":10,"worker":2,"ev":"poll","task":2}
{"t":20,"worker":2,"ev":"print","task":2,"text":"bar"}
{"t":30,"worker":2,"ev":"ready","task":2}
{"t":300020,"worker":1,"ev":"ready","task":1}
{"t":300021,"worker":1,"ev":"wake","task":0,"by":1}
{"t":300022,"worker":0,"ev":"poll","task":0}
{"t":300023,"worker":0,"ev":"ready","task":0}
"#;

/// Two branches of one task, of which the first wins.
const BRANCHES: &str = r#"{"format":2,"program":"race","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"}
{"t":0,"ev":"spawn","task":0,"name":"main"}
{"t":0,"ev":"poll","task":0}
{"t":0,"ev":"enter","task":0,"branch":"hare()"}
{"t":0,"ev":"timer","task":0,"us":500000}
{"t":0,"ev":"leave","task":0,"branch":"hare()","how":"pending"}
{"t":0,"ev":"enter","task":0,"branch":"loop"}
{"t":0,"ev":"print","task":0,"text":"slow"}
{"t":0,"ev":"leave","task":0,"branch":"loop","how":"pending"}
{"t":0,"ev":"pending","task":0,"on":[{"for":"time","ns":500000000}]}
{"t":500000,"ev":"wake","task":0,"by":"timer"}
{"t":500000,"ev":"poll","task":0}
{"t":500000,"ev":"enter","task":0,"branch":"hare()"}
{"t":500000,"ev":"leave","task":0,"branch":"hare()","how":"ready"}
{"t":500000,"ev":"leave","task":0,"branch":"loop","how":"drop"}
{"t":500000,"ev":"ready","task":0}
"#;

pub fn read(lines: &str) -> Recording {
    let recording = Recording::read(lines.as_bytes()).unwrap();
    recording::check::check(&recording.events).unwrap();
    recording
}

fn body(diagram: &str) -> Vec<&str> {
    diagram.lines().skip_while(|line| !line.contains("->>")).map(str::trim).collect()
}

#[test]
fn a_diagram_shows_polls_answers_waits_and_drops() {
    assert_eq!(
        mermaid(&Scene::new(&read(V5))),
        r#"sequenceDiagram
    accTitle: v5 in tokio: who has the thread
    accDescr: Tasks: main and foo. In all 1 s · 3 polls · 2 tasks · 1 dropped. Printed: Hello, foo and World.
    participant timer
    participant runtime
    participant main
    participant foo
    runtime->>+main: poll
    Note over main: prints "Hello"
    main-)runtime: spawn foo
    main-)timer: wake me in 1 s
    main-->>-runtime: Pending
    runtime->>+foo: poll
    Note over foo: prints "foo"
    foo-)timer: wake me in 10 s
    foo-->>-runtime: Pending
    Note over timer,foo: nothing to run for 1 s
    timer-)runtime: wake main
    runtime->>+main: poll
    Note over main: prints "World"
    main-->>-runtime: Ready
    runtime-xfoo: dropped, unfinished
"#
    );
}

#[test]
fn a_diagram_of_asyncio_speaks_of_steps_and_of_what_is_thrown() {
    assert_snapshot!(body(&mermaid(&Scene::new(&read(CANCEL)))).join("\n"), @r#"
    eventloop->>+main: step
    main-)eventloop: create_task foo
    main-->>-eventloop: suspended, waits for its next turn
    eventloop-)eventloop: wake main
    eventloop->>+foo: step
    foo-->>-eventloop: suspended
    eventloop->>+main: step
    Note over main: holds the thread for 1 s
    main-)eventloop: cancel foo
    main-->>-eventloop: suspended, waits for foo to finish
    eventloop->>+foo: step, throwing CancelledError
    foo-->>-eventloop: cancelled, wakes main
    eventloop->>+main: step
    Note over main: prints an empty line to stderr
    main-->>-eventloop: raises "KeyError: 'x'"
    "#);
}

#[test]
fn a_program_without_async_is_polled_by_nobody() {
    let recording = read(
        r#"{"format":2,"program":"v1_sync","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"}
{"t":0,"ev":"spawn","task":0,"name":"main"}
{"t":0,"ev":"poll","task":0}
{"t":0,"ev":"block","task":0,"us":1000000}
{"t":1000000,"ev":"ready","task":0}
"#,
    );
    let listing = Listing::of("fn main() {}").unwrap();
    let scene = Scene { listing: Some(&listing), ..Scene::new(&recording) };
    let diagram = mermaid(&scene);
    let lines: Vec<&str> = diagram.lines().skip(3).map(str::trim).collect();
    assert_eq!(lines, ["participant main", "Note over main: holds the thread for 1 s"]);
    assert_eq!(facts(&scene), "1 s · no async, no switches");
}

#[test]
fn branches_stand_in_a_box_and_are_polled_by_their_task() {
    let diagram = mermaid(&Scene::new(&read(BRANCHES)));
    assert!(
        diagram.contains(
            "    box transparent inside main
        participant main
        participant hare as hare()
        participant loop_branch1 as loop
    end\n"
        ),
        "{diagram}"
    );
    assert_eq!(
        body(&diagram)[..8],
        [
            "runtime->>+main: poll",
            "main->>+hare: poll",
            "hare-)timer: wake me in 500 ms",
            "hare-->>-main: Pending",
            "main->>+loop_branch1: poll",
            "Note over loop_branch1: prints \"slow\"",
            "loop_branch1-->>-main: Pending",
            "main-->>-runtime: Pending",
        ]
    );
    assert!(diagram.contains("main-xloop_branch1: dropped, unfinished"), "{diagram}");
}

#[test]
fn a_recording_cut_anywhere_gives_a_balanced_diagram_that_says_so() {
    for whole in [V5, CANCEL, BRANCHES] {
        let whole = read(whole);
        for length in 0..whole.events.len() {
            let mut recording = whole.clone();
            recording.events.truncate(length);
            let scene = Scene { cut: Some("stopped after 30 s"), ..Scene::new(&recording) };
            let diagram = mermaid(&scene);
            assert!(diagram.contains(": the recording stops here: stopped after 30 s"));
            let mut open: Vec<&str> = Vec::new();
            for line in diagram.lines().map(str::trim) {
                let ends = line.split(':').next().unwrap();
                if let Some((_, to)) = ends.split_once("->>+") {
                    open.push(to);
                } else if let Some((from, _)) = ends.split_once("-->>-") {
                    assert_eq!(open.pop(), Some(from), "{diagram}");
                } else if let Some(of) = ends.strip_prefix("deactivate ") {
                    assert_eq!(open.pop(), Some(of), "{diagram}");
                }
            }
            assert!(open.is_empty(), "{diagram}");
            assert!(output(&scene).ends_with("s] (cut off)\n"));
        }
    }
}

#[test]
fn names_and_texts_cannot_break_a_diagram() {
    let mut recording = read(V5);
    let names = [
        "end",
        "End",
        "a b;c#d",
        "🦀",
        "",
        "participant",
        "x\ny",
        "timer",
        &"n".repeat(300),
        "wrap: it",
        "xylophone",
    ];
    recording.events = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let task = i as u32;
        let spawn = What::Spawn { task, name: (*name).into(), by: None, line: None };
        recording.events.push(Event { t: 0, worker: None, what: spawn });
        let text = format!("\"{name}\": [{{%%init%%}}] $$x$$ <br> `&`; #");
        let print = What::Print {
            task: Some(task),
            thread: None,
            text,
            stream: Default::default(),
            line: None,
        };
        recording.events.push(Event { t: 0, worker: None, what: print });
    }
    let diagram = mermaid(&Scene::new(&recording));
    let ids: Vec<&str> = diagram
        .lines()
        .filter_map(|line| line.trim().strip_prefix("participant "))
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(ids.len(), names.len() + 1);
    for (i, id) in ids.iter().enumerate() {
        assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{id}");
        assert!(!ids[..i].contains(id) && !id.eq_ignore_ascii_case("end"), "{id}");
        assert!(!id.starts_with(['x', 'X']), "`a-->>-{id}: …` has an arrow that ends in `-x`");
    }
    assert!(diagram.contains(" as wrap#58; it\n"), "{diagram}");
    for line in diagram.lines() {
        assert!(line.chars().count() < 1000, "{line}");
        assert!(!line.contains(['<', '{', '}', '%', '$', '\\']), "{line}");
    }
}

#[test]
fn the_output_has_the_time_of_each_line_and_of_the_end() {
    let v5 = "[ 0.000 s] Hello\n[ 0.000 s] foo\n[ 1.000 s] World\n[ 1.000 s] (end)\n";
    assert_eq!(output(&Scene::new(&read(V5))), v5);
    // What the interpreter wrote to stderr by itself is not the program's output.
    assert_eq!(output(&Scene::new(&read(CANCEL))), "[ 1.000 s] (end)\n");
    let own = CANCEL.replace("\"stderr\"", "\"stderr\",\"line\":9");
    assert!(output(&Scene::new(&read(&own))).starts_with("[ 1.000 s] (stderr) \n"));
}

#[test]
fn what_a_thread_prints_is_the_threads() {
    let thread = "{\"t\":0,\"ev\":\"print\",\"thread\":\"asyncio_0\",\"text\":\"foo\",\"line\":17}";
    let task = "{\"t\":0,\"ev\":\"print\",\"task\":1,\"text\":\"foo\",\"line\":17}";
    let recording = read(&V5.replace(task, thread));
    let scene = Scene::new(&recording);
    let table = text(&scene, &[], Look::default());
    let line = table.lines().find(|line| line.contains("foo\"")).unwrap();
    assert!(
        line.contains("outside") && line.contains("thread asyncio_0 prints \"foo\""),
        "{table}"
    );
    assert!(!line.contains("runtime"), "{table}");
    let diagram = mermaid(&scene);
    assert!(diagram.contains("thread asyncio_0 prints"), "{diagram}");
}

#[test]
fn the_facts_count_time_switches_tasks_and_ends() {
    assert_eq!(facts(&Scene::new(&read(V5))), "1 s · 3 polls · 2 tasks · 1 dropped");
    let cancel = "1 s · 5 steps · 2 tasks · 1 cancelled · 1 failed";
    assert_eq!(facts(&Scene::new(&read(CANCEL))), cancel);
    let real = read(&V5.replace("virtual", "real").replace("\"t\":1000000", "\"t\":1001234"));
    assert_eq!(facts(&Scene::new(&real)), "about 1 s · 3 polls · 2 tasks · 1 dropped");
}

#[test]
fn the_table_has_the_lines_of_the_listing_and_fits_80_columns() {
    let source =
        format!("//! head\n\n\n// ANCHOR: listing\n{}// ANCHOR_END: listing\n", "x\n".repeat(20));
    let listing = Listing::of(&source).unwrap();
    let mut recording = read(V5);
    let scene = Scene { listing: Some(&listing), ..Scene::new(&recording) };
    let table = text(&scene, &[], Look::default());
    let start = "\
v5 · tokio 1.54.1 · virtual time
1 s · 3 polls · 2 tasks · 1 dropped

nothing found that is wrong

        time  line  who      what
         0 s     5  main     poll
                 6  main       prints \"Hello\"
                 7  main       spawn foo
                 8  main       wake me in 1 s
                 8  main     Pending
                12  foo      poll
";
    assert!(table.starts_with(start), "{table}");
    let end = "
                    ------- nothing to run for 1 s
";
    assert!(table.contains(&end.replace("- n", "-  n")), "{table}");
    if let What::Print { text, .. } = &mut recording.events[2].what {
        *text = "long ".repeat(60);
    }
    let table = text(&Scene::new(&recording), &[], Look::default());
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
}

#[test]
fn colours_of_what_is_printed_are_left_out() {
    let mut recording = read(STOLEN);
    for event in &mut recording.events {
        if let What::Print { text, .. } = &mut event.what {
            *text = "\u{1b}[2mnow\u{1b}[0m \u{1b}[32m INFO\u{1b}[0m bar".to_owned();
        }
    }
    let scene = Scene::new(&recording);
    let table = text(&scene, &[], Look::default());
    assert!(table.contains("prints \"now  INFO bar\""), "{table}");
    assert!(mermaid(&scene).contains("prints \"now  INFO bar\""));
    assert!(output(&scene).contains("s] now  INFO bar\n"));
}

#[test]
fn of_several_workers_the_queue_ends_no_process() {
    let mut recording = read(STOLEN);
    let what = What::Exit { task: None, status: 101, line: None };
    recording.events.push(Event { t: 300_024, worker: None, what });
    let table = text(&Scene::new(&recording), &[], Look::default());
    let line = table.lines().find(|line| line.contains("ends the process")).unwrap();
    assert!(line.contains("outside"), "{table}");
}

#[test]
fn several_workers_stand_side_by_side() {
    let recording = read(STOLEN);
    let diagram = mermaid(&Scene::new(&recording));
    assert!(diagram.contains("participant worker2 as worker 2\n"), "{diagram}");
    assert_snapshot!(body(&diagram).join("\n"), @r#"
    mainthread->>+main: poll
    main-)sharedqueue: spawn foo
    worker1->>+foo: poll
    main-->>-mainthread: Pending, waits for foo to finish
    foo-)worker1: spawn bar
    Note over foo: holds the thread for 300 ms
    worker2->>+bar: poll, stolen from worker 1
    Note over bar: prints "bar"
    bar-->>-worker2: Ready
    foo-->>-worker1: Ready, wakes main
    mainthread->>+main: poll
    main-->>-mainthread: Ready
    "#);
    assert_snapshot!(text(&Scene::new(&recording), &[], Look::default()), @r#"
    two · tokio 1.54.1 · real time · 2 workers
    about 300 ms · 4 polls · 3 tasks · 1 stolen

    nothing found that is wrong

            time  line  who            on  what
             0 s        main         main  poll
                        main         main    spawn foo
                        foo            w1  poll
                        main         main  Pending, waits for foo to finish
                        foo            w1    spawn bar
                        foo            w1    holds the thread for 300 ms
                        bar            w2  poll, stolen from worker 1
                        bar            w2    prints "bar"
                        bar            w2  Ready
          300 ms        foo            w1  Ready, wakes main
                        main         main  poll
                        main         main  Ready
    "#);
}
