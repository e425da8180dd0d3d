//! `cargo run -- trace`, on programs of all sorts.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use recording::event::Recording;
use serde_json::Value;

use crate::support::book::repository;
use crate::support::patience::given_time;
use crate::support::reader::command;
use crate::support::wait_until;

/// A program in a folder of its own, outside the repository.
pub struct Traced {
    pub folder: tempfile::TempDir,
    name: &'static str,
}

impl Traced {
    pub fn new(name: &'static str, text: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), text).unwrap();
        Traced { folder, name }
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = command(self.folder.path());
        command.args(["trace", self.name]).args(args);
        command
    }

    fn run(&self, args: &[&str]) -> (Output, String, String) {
        let output = self.command(args).output().unwrap();
        let out = String::from_utf8(output.stdout.clone()).unwrap();
        let err = String::from_utf8(output.stderr.clone()).unwrap();
        (output, out, err)
    }

    /// What a run that goes well prints.
    fn shows(&self, args: &[&str]) -> String {
        let (output, out, err) = self.run(args);
        assert!(output.status.success(), "{args:?}: {err}");
        out
    }
}

pub fn findings(name: &str) -> PathBuf {
    repository().join("crates/recorder/tests/findings").join(name)
}

fn forgotten() -> Traced {
    Traced::new("forgotten.py", fs::read(findings("broken/forgotten.py")).unwrap())
}

/// A script that never ends, though time passes.
const BEATS: &str = "import asyncio\n\n\nasync def main():\n    while True:\n        \
                     print('beat')\n        await asyncio.sleep(1)\n\n\nasyncio.run(main())\n";

/// A script that never gives the thread back.
const HOLDS: &str = "import asyncio\n\n\nasync def main():\n    print('begins')\n    \
                     while True:\n        pass\n\n\nasyncio.run(main())\n";

#[test]
fn the_text_begins_with_what_is_wrong() {
    let text = forgotten().shows(&["--format", "text"]);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("forgotten · asyncio "), "{text}");
    assert_eq!(
        lines[2..6],
        [
            "",
            "1 finding",
            "- save was cancelled unfinished at the end of main, still waiting for 1 s (line 12): \
             nothing awaited it",
            "",
        ]
    );
    assert!(text.contains("nothing to run for 100 ms") && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn what_is_wrong_fails_whoever_asks_for_that() {
    let script = forgotten();
    for format in ["text", "mermaid", "jsonl", "chrome", "junit", "github"] {
        script.shows(&["--format", format, "--fail-on", "deadlock,held"]);
        let (output, out, err) = script.run(&["--format", format, "--fail-on", "held,forgotten"]);
        assert!(!output.status.success() && !out.is_empty(), "{format}: {out}");
        assert!(err.contains("forgotten.py: unfinished (see --fail-on)"), "{format}: {err}");
    }
    let (output, _, err) = script.run(&["--fail-on", "dead"]);
    assert!(!output.status.success() && err.contains("no kind of finding: there are any"), "{err}");
}

#[test]
fn a_ci_is_told_what_is_wrong_in_its_own_words() {
    let says = "save was cancelled unfinished at the end of main, still waiting for 1 s (line 12): \
                nothing awaited it";
    let annotated = forgotten().shows(&["--format", "github"]);
    let place = "::error file=forgotten.py,line=12,title=unfinished::";
    assert_eq!(annotated, format!("{place}{says}\n"));
    let xml = forgotten().shows(&["--format", "junit"]);
    assert!(xml.contains(r#"<testsuite name="forgotten" tests="2" failures="1">"#), "{xml}");
    assert!(xml.contains(&format!(r#"<failure type="unfinished" message="{says}"/>"#)), "{xml}");
}

#[test]
fn a_part_of_a_run_is_shown_by_time_and_by_task() {
    let script = forgotten();
    let late = script.shows(&["--format", "text", "--from", "50ms"]);
    assert!(late.contains("prints \"bye\"") && !late.contains("prints \"saving\""), "{late}");
    let early = script.shows(&["--format", "text", "--until", "0.05s"]);
    assert!(!early.contains("prints \"bye\"") && early.contains("prints \"saving\""), "{early}");
    let one = script.shows(&["--format", "mermaid", "--tasks", "save"]);
    assert!(one.contains("participant save") && one.contains("100 ms later"), "{one}");
    assert!(!one.contains("runtime->>+main") && !one.contains("over main"), "{one}");
    let (output, out, err) = script.run(&["--tasks", "keep"]);
    assert!(!output.status.success() && out.is_empty());
    assert!(err.contains("no task is called keep: there are main and save"), "{err}");
}

#[test]
fn a_thousand_tasks_are_summed_up_within_a_screen() {
    let many = Traced::new(
        "many.py",
        "import asyncio\n\n\nasync def main():\n    \
         await asyncio.gather(*(fetch(i) for i in range(1000)))\n\n\nasync def fetch(i):\n    \
         await asyncio.sleep(i * 7 % 13 / 10)\n    print('got', i)\n\n\nasyncio.run(main())\n",
    );
    let text = many.shows(&["--format", "text"]);
    assert!(text.contains("fetch               1000 tasks · 2000 steps · 1000 done"), "{text}");
    assert!(text.lines().count() < 130, "{text}");
    let diagram = many.shows(&["--format", "mermaid"]);
    assert!(diagram.contains(" as fetch ×1000\n") && diagram.lines().count() < 110, "{diagram}");
}

#[test]
fn jsonl_is_a_recording() {
    let recording = Recording::read(forgotten().shows(&["--format", "jsonl"]).as_bytes()).unwrap();
    assert_eq!(recording.header.program, "forgotten");
    assert_eq!(recording.names().shown().collect::<Vec<_>>(), ["main", "save"]);
}

#[test]
fn chrome_is_what_the_trace_event_format_asks_for() {
    let text = forgotten().shows(&["--format", "chrome"]);
    let trace: Value = serde_json::from_str(&text).unwrap();
    let events = trace["traceEvents"].as_array().unwrap();
    let mut waits = Vec::new();
    for event in events {
        assert!(event["name"].is_string() && event["pid"].is_u64() && event["tid"].is_u64());
        let ph = event["ph"].as_str().unwrap();
        assert!(["M", "X", "i", "s", "f"].contains(&ph), "{event}");
        assert_eq!(event["ts"].is_u64(), ph != "M", "{event}");
        assert_eq!(event["dur"].is_u64(), ph == "X", "{event}");
        assert_eq!(event["id"].is_u64(), ph == "s" || ph == "f", "{event}");
        assert!(ph != "i" || event["s"] == "t", "{event}");
        if event["name"].as_str().unwrap().starts_with("waits") {
            waits.push((event["name"].as_str().unwrap(), event["dur"].as_u64().unwrap()));
        }
    }
    assert_eq!(waits, [("waits for 100 ms", 100_000), ("waits for 1 s", 100_000)]);
}

#[test]
fn a_run_that_takes_too_long_is_shown_as_far_as_it_came() {
    let held = Traced::new("holds.py", HOLDS);
    for format in ["text", "mermaid"] {
        let run = |timeout: Duration| {
            let seconds = timeout.as_secs().to_string();
            (held.run(&["--timeout", &seconds, "--format", format]), seconds)
        };
        let ((output, out, err), seconds) = given_time(run, |((_, out, err), _)| {
            out.contains("begins") && (out.to_owned() + err).contains("does not give it back")
        });
        let stopped = format!("it was stopped after {seconds} s (see --timeout); ");
        assert!(!output.status.success() && err.contains(&stopped), "{err}");
        assert!(err.contains(" events, the last at "), "{err}");
        assert!(out.contains("begins") && out.contains("the recording stops here"), "{out}");
        let found = if format == "text" { &out } else { &err };
        assert!(found.contains("does not give it back"), "{found}");
    }
}

/// Reads a line as a task, and the next as std does.
const READS: &str = "\
use tokio::io::AsyncReadExt;
#[tokio::main(flavor = \"current_thread\")]
async fn main() {
    let mut first = [0; 4];
    tokio::io::stdin().read_exact(&mut first).await.unwrap();
    println!(\"a task reads {}\", String::from_utf8_lossy(&first).trim());
    let mut rest = Vec::new();
    tokio::io::stdin().read_to_end(&mut rest).await.unwrap();
    println!(\"then {}\", String::from_utf8_lossy(&rest).trim());
}
";

#[test]
fn a_program_reads_what_comes_to_the_trace() {
    let traced = Traced::new("reads.rs", READS);
    let run = |input: Stdio, args: &[&str]| {
        let mut command = traced.command(args);
        command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        if let Some(mut input) = child.stdin.take() {
            std::io::Write::write_all(&mut input, b"Ada\nBob\n").unwrap();
        }
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    };
    // It waits for what comes as time goes on; a file is there at once.
    let file = traced.folder.path().join("input");
    fs::write(&file, "Ada\nBob\n").unwrap();
    let text = ["--format", "text"];
    let (piped, read) =
        (run(Stdio::piped(), &text), run(fs::File::open(file).unwrap().into(), &text));
    let note = "recorded on the machine's clock: it reads its standard input";
    assert!(piped.contains(note) && !read.contains(note), "{piped}\n{read}");
    for shown in [piped, read] {
        for line in ["waits for input", "prints \"a task reads Ada\"", "prints \"then Bob\""] {
            assert!(shown.contains(line), "no `{line}` in\n{shown}");
        }
    }
    let runs = run(Stdio::piped(), &["--runs", "2"]);
    assert!(runs.contains("then Bob"), "{runs}");
    // Nothing comes where nothing is given.
    let ended = run(Stdio::null(), &text);
    assert!(ended.contains("main panicked at line 5: "), "{ended}");
}

#[test]
fn ctrl_c_ends_the_program_and_not_the_trace() {
    let begun = "print('beat')\n        open(__file__ + '.begun', 'w').close()";
    let beats = Traced::new(
        "beats.py",
        BEATS.replace("sleep(1)", "sleep(0.01)").replace("print('beat')", begun),
    );
    let args = ["--real-time", "--format", "text"];
    let mut command = beats.command(&args);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    wait_until("a beat", || beats.folder.path().join("beats.py.begun").exists());
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let output = child.wait_with_output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && err.contains("stopped by Ctrl-C"), "{err}");
    assert!(out.contains("prints \"beat\""), "{out}");
    assert!(out.contains("the recording stops here: it was stopped by"), "{out}");
}

#[test]
fn a_script_that_has_no_word_of_it_may_run_a_loop() {
    let script = Traced::new("script.py", "import hidden\nhidden.run()\n");
    let hidden = "import asyncio\nasync def wait():\n    await asyncio.sleep(1)\n\
                  def run():\n    asyncio.run(wait())\n";
    fs::write(script.folder.path().join("hidden.py"), hidden).unwrap();
    let output = script.command(&["--format", "text"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    assert!(text.contains("1 s · 2 steps · 1 task"), "{text}");
}

/// A file, what it is called, more arguments, and what is said of it.
type Bad = (&'static str, &'static [u8], &'static [&'static str], &'static str);

#[test]
fn what_cannot_be_traced_is_refused_with_its_reason() {
    let bad: [Bad; 9] = [
        ("empty.rs", b"", &[], "empty.rs is empty"),
        ("binary.py", b"\x7fELF\xff\xfe", &[], "binary.py is not a text"),
        ("plain.rs", b"fn main() {}\n", &[], "plain.rs has nothing asynchronous in it"),
        ("note.txt", b"async", &[], "note.txt: neither a Rust (.rs) nor a Python (.py) file"),
        (
            "wrong.rs",
            b"#[tokio::main]\nasync fn main() {\n    let n: u32 = \"one\";\n}\n",
            &[],
            "wrong.rs:3:",
        ),
        ("wrong.py", b"import asyncio\nasync def main(:\n", &[], "wrong.py\", line 2"),
        (
            "raises.py",
            b"import asyncio\nasync def main():\n    1 / 0\nasyncio.run(main())\n",
            &[],
            "it ended with status 1",
        ),
        (
            "floods.py",
            b"import asyncio\nasync def main():\n    while True: print('x')\nasyncio.run(main())\n",
            &["--timeout", "3"],
            "stopped",
        ),
        (
            "stuck.py",
            b"import asyncio\nasync def main():\n    await asyncio.Event().wait()\nasyncio.run(main())\n",
            &[],
            "(line 3)",
        ),
    ];
    for (name, text, args, because) in bad {
        let (output, _, err) = Traced::new(name, text).run(args);
        assert!(!output.status.success(), "{name}");
        assert!(err.contains(because), "{name}: {err}");
    }
    let missing = Traced::new("there.rs", "");
    let output = command(missing.folder.path()).args(["trace", "gone.rs"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("gone.rs"), "{said}");
}

#[test]
fn without_python_a_script_is_refused_with_the_way_out() {
    let script = forgotten();
    let mut command = script.command(&[]);
    command.env("CONTEXT_SWITCH_PYTHON", "/no/python3");
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && output.stdout.is_empty());
    assert!(said.contains("install Python 3.9 or later"), "{said}");
}

#[test]
fn a_script_in_latin_1_that_says_so_is_recorded() {
    if book::runs::without_python().is_some() {
        return;
    }
    let script = b"# -*- coding: latin-1 -*-\nimport asyncio\n\nasync def main():\n    print('na\xefve')\n\nasyncio.run(main())\n";
    let text = Traced::new("latin.py", script).shows(&["--format", "text"]);
    assert!(text.contains("naïve"), "{text}");
}

/// Two timers for the same time; who is first is up to the order.
const RACE: &str = "import asyncio\n\n\nasync def write(name):\n    await asyncio.sleep(1)\n    \
                    print(name)\n\n\nasync def main():\n    \
                    await asyncio.gather(write('a'), write('b'))\n\n\nasyncio.run(main())\n";

#[test]
fn every_order_is_listed_with_a_token_that_shows_it() {
    let race = Traced::new("race.py", RACE);
    let text = race.shows(&["--orders"]);
    assert!(
        text.starts_with("race · all 8 orders\none of 2 outputs\n\nin 4 of 8 orders · "),
        "{text}"
    );
    assert!(text.ends_with("\n\nguaranteed: `a`, `b`\n"), "{text}");
    let other = text.lines().find(|line| line.contains("first with 1 change")).unwrap();
    let token = other.rsplit_once(" · ").unwrap().1;
    for format in ["text", "mermaid", "jsonl", "chrome", "player"] {
        let shown = race.shows(&["--order", token, "--format", format]);
        assert_eq!(shown, race.shows(&["--order", token, "--format", format]), "{format}");
        // As far as a format says it in these words.
        let at = |text: &str| shown.find(&format!("\"text\":\"{text}\""));
        assert!(at("b") <= at("a"), "{format}: {shown}");
    }
    let json: Vec<Value> = race
        .shows(&["--orders", "3", "--format", "jsonl"])
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!((&json[0]["orders"], &json[0]["all"]), (&3.into(), &false.into()));
    assert_eq!(json[1]["output"], serde_json::json!(["a", "b"]));
}

#[test]
fn a_token_that_is_none_or_of_another_program_is_refused() {
    let race = Traced::new("race.py", RACE);
    for (token, why) in [
        ("nonsense", "is no token of an order"),
        ("5f2a90c1-0.1", "is no order of this program as it is now"),
    ] {
        let (output, out, err) = race.run(&["--order", token]);
        assert!(!output.status.success() && out.is_empty(), "{out}");
        assert!(err.contains(why), "{err}");
    }
    let (output, _, err) = race.run(&["--orders", "--fail-on", "any"]);
    assert!(!output.status.success() && err.contains("cannot be used with"), "{err}");
    let (output, _, err) = race.run(&["--orders", "--format", "mermaid"]);
    assert!(!output.status.success() && err.contains("--orders counts outputs"), "{err}");
}
