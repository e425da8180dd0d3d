//! What users have reported, by kind, and the test of each: `cases.txt` is the list of
//! tokio's, `asyncio.txt` of asyncio's.

use std::path::Path;

use super::{EXPECTED, files};

const CASES: [&str; 2] = [include_str!("cases.txt"), include_str!("asyncio.txt")];

/// What is wrong with a row, which names a program and what is found in it, or a test.
fn wrong(row: &str) -> Option<String> {
    let columns: Vec<&str> = row.split(" | ").collect();
    let (test, kind) = match *columns {
        [_, test] => (test, None),
        [_, test, kind] => (test, Some(kind)),
        _ => return Some(format!("{row}: what it shows | its test | what is found")),
    };
    if let Some(program) = test.strip_prefix("broken/") {
        let found = EXPECTED.iter().find(|(name, ..)| *name == program);
        let found = found.map(|(_, found, ..)| format!("{found:?}"));
        return (found.is_none() || found.as_deref() != kind)
            .then(|| format!("{row}: found is {found:?}"));
    }
    let is_there = if let Some(program) = test.strip_prefix("healthy/") {
        files("healthy").contains(program)
    } else if let Some((file, name)) = test.split_once("::") {
        let (tests, file) = match file.split_once('/') {
            Some(("suite", _)) => ("../book/tests", file),
            Some(("draw", file)) => ("../draw/src", file),
            _ => ("tests", file),
        };
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(tests).join(file);
        let text = std::fs::read_to_string(path.with_extension("rs")).unwrap_or_default();
        text.contains(&format!("#[test]\nfn {name}() {{"))
    } else {
        false
    };
    (!is_there || kind.is_some()).then(|| format!("{row}: there is no such test"))
}

#[test]
fn every_reported_case_has_a_test() {
    for list in CASES {
        let rows = || list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let wrong: Vec<String> = rows().filter_map(wrong).collect();
        assert_eq!(wrong, Vec::<String>::new());
        assert!(rows().count() > 50, "the list is not whole");
    }
}

#[test]
fn a_row_without_its_test_is_seen() {
    assert_eq!(wrong("a lock | broken/futurelock.rs | Deadlock"), None);
    for row in [
        "another kind | broken/futurelock.rs | Stuck",
        "no kind | broken/futurelock.rs",
        "no program | broken/gone.rs | Stuck",
        "no program | healthy/gone.rs",
        "no test | rust/waits::gone",
        "no file | rust/gone::gone",
        "nothing",
    ] {
        assert!(wrong(row).is_some(), "{row}");
    }
}
