//! Ctrl-C while programs are recorded or traced: nothing is half written, and
//! nothing left behind.

use std::fs;
use std::path::Path;
use std::process::{Child, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::support::book::Book;
use crate::support::reader::command;

/// Starts a process of its own, and never ends.
const SCRIPT: &str = "import asyncio, subprocess, sys
async def main():
    print('begun')
    sleeper = subprocess.Popen(['sleep', '600'])
    with open(sys.argv[0] + '.pid', 'w') as file:
        file.write(str(sleeper.pid))
    await asyncio.sleep(600)
asyncio.run(main())
";

const PAGE: &str = "# One\n\n<!-- recorded: waits python-output -->\n\nold\n\n<!-- /recorded -->\n";

/// A book with that script, which a page shows.
fn book() -> Book {
    let book = Book::new();
    book.write("examples/waits/main.py", SCRIPT);
    book.write("src/one.md", PAGE);
    fs::create_dir(book.path("temporary")).unwrap();
    book
}

/// Runs the command until the script runs, sends the signal, and gives what
/// the command says at its end.
fn interrupted(book: &Book, arguments: &[&str], signal: Signal) -> Option<Output> {
    if let Some(why) = book::runs::without_python() {
        eprintln!("skipped: {why}");
        return None;
    }
    let child = command(&book.path(""))
        .args(arguments)
        .env("TMPDIR", book.path("temporary"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let sleeper = begun(&book.path("examples/waits/main.py.pid"), &child);
    kill_process(Pid::from_child(&child), signal).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    assert!(wait(|| test_kill_process(sleeper).is_err() || is_zombie(sleeper)), "it sleeps on");
    assert_eq!(fs::read_dir(book.path("temporary")).unwrap().count(), 0, "a file is left");
    Some(output)
}

/// The process that the script has started.
fn begun(file: &Path, child: &Child) -> Pid {
    let mut found = None;
    let has_begun = wait(|| {
        found = fs::read_to_string(file).ok().and_then(|pid| Pid::from_raw(pid.parse().ok()?));
        found.is_some()
    });
    assert!(has_begun, "the script of {} does not begin", child.id());
    found.unwrap()
}

fn wait(mut is_done: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + Duration::from_secs(120);
    while !is_done() {
        if Instant::now() > deadline {
            return false;
        }
        thread::sleep(Duration::from_millis(20));
    }
    true
}

/// Whether a process is dead, and only waits for somebody to take notice.
fn is_zombie(pid: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    stat.is_ok_and(|stat| stat.contains(") Z "))
}

#[test]
fn an_interrupted_record_writes_nothing() {
    for signal in [Signal::INT, Signal::TERM] {
        let book = book();
        let Some(output) = interrupted(&book, &["record"], signal) else { return };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("nothing was written"), "{said}");
        assert_eq!(fs::read_to_string(book.path("src/one.md")).unwrap(), PAGE);
        assert!(!book.path("src/recordings").exists());
    }
}

#[test]
fn an_interrupted_trace_shows_how_far_it_came() {
    let book = book();
    let arguments = ["trace", "examples/waits/main.py", "--format", "text"];
    let Some(output) = interrupted(&book, &arguments, Signal::INT) else { return };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("stopped by Ctrl-C"), "{said}");
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(shown.contains("prints \"begun\"") && shown.contains("stopped by Ctrl-C"), "{shown}");
}
