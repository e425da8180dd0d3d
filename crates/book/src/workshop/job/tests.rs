//! Jobs that misbehave, each of them a shell script.

use std::path::Path;
use std::time::Instant;

use super::*;

const LIMITS: Limits = Limits {
    time: Duration::from_secs(60),
    memory: 1 << 30,
    output: 10_000,
    line: 100,
    file: 1 << 20,
    processes: 20,
};

fn sh(script: &str, limits: Limits) -> mpsc::Receiver<Said> {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    start(command, limits, std::future::pending()).expect("sh starts")
}

/// All that a job says.
async fn all(script: &str, limits: Limits) -> Vec<Said> {
    let mut heard = sh(script, limits);
    let mut said = Vec::new();
    while let Some(more) = heard.recv().await {
        said.push(more);
    }
    said
}

async fn end(script: &str, limits: Limits) -> Said {
    all(script, limits).await.pop().expect("a job says how it ended")
}

/// The process ids that a script printed, one a line.
fn pids(said: &[Said]) -> Vec<i32> {
    said.iter()
        .filter_map(|said| if let Said::Out(line) = said { line.parse().ok() } else { None })
        .collect()
}

/// Waits until none of the processes is there any more.
async fn gone(pids: &[i32]) {
    assert!(!pids.is_empty());
    let patience = Instant::now() + Duration::from_secs(20);
    for pid in pids {
        while Path::new(&format!("/proc/{pid}")).exists() {
            assert!(Instant::now() < patience, "process {pid} lives on");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

#[tokio::test]
async fn lines_come_with_the_end_behind_them() {
    let said = all("echo one; echo two >&2; printf three; exit 3", LIMITS).await;
    assert!(said.contains(&Said::Out("one".into())) && said.contains(&Said::Err("two".into())));
    assert!(said.contains(&Said::Out("three".into())), "{said:?}");
    assert_eq!(said.last(), Some(&Said::End(End::Exit(3))));
}

#[tokio::test]
async fn a_line_comes_while_the_program_still_runs() {
    let mut heard = sh("echo first; sleep 600", LIMITS);
    let first = timeout(Duration::from_secs(20), heard.recv()).await.expect("in time");
    assert_eq!(first, Some(Said::Out("first".into())));
}

/// The limits of time that a job is given, one after the other, until it has
/// begun within one: a busy machine may take longer than the first for that.
const TIMES: [Duration; 3] =
    [Duration::from_millis(300), Duration::from_secs(3), Duration::from_secs(30)];

/// Asserts that a script which says its process id is stopped when its time is over.
async fn is_stopped_in_time(script: &str) {
    for time in TIMES {
        let said = all(script, Limits { time, ..LIMITS }).await;
        assert_eq!(said.last(), Some(&Said::End(End::Time)));
        if said.len() > 1 {
            return gone(&pids(&said)).await;
        }
    }
    panic!("it has not begun");
}

#[tokio::test]
async fn a_program_that_never_ends_is_stopped() {
    is_stopped_in_time("echo $$; while :; do :; done").await;
}

#[tokio::test]
async fn a_program_that_ignores_every_request_to_end_is_killed() {
    is_stopped_in_time("trap '' TERM INT HUP; echo $$; while :; do sleep 1; done").await;
}

#[tokio::test]
async fn a_listener_who_takes_no_lines_is_not_waited_for() {
    for time in TIMES {
        let limits = Limits { time, output: 1 << 20, ..LIMITS };
        let mut heard = sh("echo $$; while :; do echo line; done", limits);
        let first = heard.recv().await.expect("a line");
        if first != Said::End(End::Time) {
            return gone(&pids(&[first])).await;
        }
    }
    panic!("it has not begun");
}

#[tokio::test]
async fn a_flood_is_stopped() {
    assert_eq!(end("yes", LIMITS).await, Said::End(End::Output));
    let said = all("head -c 1000000 /dev/zero", LIMITS).await;
    assert_eq!(said.last(), Some(&Said::End(End::Output)));
    let longest =
        said.iter().map(|said| if let Said::Out(line) = said { line.len() } else { 0 }).max();
    assert!(longest.is_some_and(|bytes| bytes <= LIMITS.line), "{longest:?}");
}

#[tokio::test]
async fn a_program_that_forks_without_end_is_stopped() {
    let said = all("while :; do sleep 600 & echo $!; done", LIMITS).await;
    assert_eq!(said.last(), Some(&Said::End(End::Processes)));
    gone(&pids(&said)).await;
}

/// Starts a process that leaves group, session, environment and parent, and
/// prints its number.
const LEAVES: &str = "(setsid env -i sh -c 'echo $$; exec sleep 600 > /dev/null 2>&1' &)";

#[tokio::test]
async fn who_leaves_group_session_and_environment_ends_with_the_job() {
    for ends in ["exit 3", "kill -9 $$"] {
        let said = all(&format!("exec 3>&1; {LEAVES} | head -1 >&3; {ends}"), LIMITS).await;
        assert!(matches!(said.last(), Some(Said::End(End::Exit(3) | End::Signal(9)))), "{said:?}");
        gone(&pids(&said)).await;
    }
}

#[tokio::test]
async fn who_leaves_counts_all_the_same() {
    let leaves = LEAVES.replace("echo $$", "echo $$ >&3");
    let said = all(&format!("exec 3>&1; while :; do {leaves}; done"), LIMITS).await;
    assert_eq!(said.last(), Some(&Said::End(End::Processes)), "{said:?}");
    gone(&pids(&said)).await;
}

#[tokio::test]
async fn a_program_that_allocates_without_end_fails() {
    // One block of 4 GB, of which it may have one.
    let end = end("dd if=/dev/zero of=/dev/null bs=4G count=1", LIMITS).await;
    assert_eq!(end, Said::End(End::Exit(1)));
}

#[tokio::test]
async fn a_file_that_grows_too_large_ends_the_program() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let script = format!("exec head -c 5000000 /dev/zero > {}", file.path().display());
    let end = end(&script, LIMITS).await;
    assert_ne!(end, Said::End(End::Exit(0)));
    assert_eq!(file.path().metadata().unwrap().len(), LIMITS.file);
}

#[tokio::test]
async fn when_nobody_listens_any_more_everything_ends() {
    let leaves = LEAVES.replace("echo $$", "echo $$ >&3");
    let script = format!("sleep 600 & echo $!; exec 3>&1; {leaves}; echo $$; wait");
    let mut heard = sh(&script, LIMITS);
    let mut said = Vec::new();
    for _ in 0..3 {
        said.push(heard.recv().await.expect("a line"));
    }
    drop(heard);
    gone(&pids(&said)).await;
}

#[test]
fn jobs_end_with_the_runtime() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (heard, said) = runtime.block_on(async {
        let mut heard = sh("echo $$; sleep 600", LIMITS);
        let said = heard.recv().await.expect("a line");
        (heard, said)
    });
    drop(runtime);
    drop(heard);
    tokio::runtime::Runtime::new().unwrap().block_on(gone(&pids(&[said])));
}

#[tokio::test]
async fn a_program_that_is_not_there_is_named() {
    let error = start(Command::new("no-such-program"), LIMITS, std::future::pending()).unwrap_err();
    assert!(format!("{error:#}").contains("no-such-program"), "{error:#}");
}
