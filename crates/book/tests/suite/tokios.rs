//! A package is recorded with the tokio that its lock file has.
//!
//! With three older ones in every run, and with all in `tokios/` where
//! `CONTEXT_SWITCH_TOKIOS` is `all`, as in each week.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Those that every run tries, if they are on this machine or can be had.
const SOME: [&str; 3] = ["1.38.2", "1.47.3", "1.52.3"];

fn here() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/tokios"))
}

fn versions() -> Vec<String> {
    if std::env::var("CONTEXT_SWITCH_TOKIOS").as_deref() != Ok("all") {
        return SOME.map(String::from).to_vec();
    }
    let files = fs::read_dir(here()).unwrap().map(|entry| entry.unwrap().file_name());
    let names = files.filter_map(|name| Some(name.to_str()?.strip_suffix(".lock")?.to_owned()));
    let mut versions: Vec<String> = names.collect();
    versions.sort();
    assert!(versions.len() > 5, "{versions:?}");
    versions
}

/// A package with this tokio; none where its crates cannot be had. It is at the
/// same place every time, so that what was compiled need not be compiled again.
fn package(version: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tokios").join(version);
    fs::create_dir_all(folder.join("src")).unwrap();
    for (from, to) in [
        ("Cargo.toml.txt", "Cargo.toml"),
        ("main.rs", "src/main.rs"),
        (&format!("{version}.lock"), "Cargo.lock"),
    ] {
        fs::copy(here().join(from), folder.join(to)).unwrap();
    }
    let fetch = Command::new("cargo")
        .args(["fetch", "--locked", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .output()
        .unwrap();
    if fetch.status.success() {
        return Some(folder);
    }
    let said = String::from_utf8_lossy(&fetch.stderr);
    assert!(!recorder::everything_required(), "tokio {version} cannot be had: {said}");
    eprintln!("skipped: tokio {version} cannot be had here");
    None
}

fn trace(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_book"));
    command.args(["trace", "--format", "text", "--package"]).arg(folder).args(more);
    command.env("CARGO_NET_OFFLINE", "true").output().unwrap()
}

#[test]
fn every_tokio_that_can_be_recorded_tells_the_same() {
    for version in versions() {
        let Some(folder) = package(&version) else { continue };
        let output = trace(&folder, &[]);
        let told = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        for holds in [
            &format!("of_its_time · tokio {version} · virtual time\n3 s · 13 polls · 5 tasks"),
            "main      Pending, waits for holds or asks to finish",
            "asks      Pending, waits for the lock",
            "greedy    Pending, waits for its next turn",
            "main      Pending, waits for a permit or 2 s",
            "prints \"2 3 3 5 6 true\"",
        ] {
            assert!(told.contains(holds), "no `{holds}` in\n{told}");
        }

        let output = trace(&folder, &["--workers", "2", "--features", "io"]);
        let told = String::from_utf8_lossy(&output.stdout);
        for holds in
            ["real time · 2 workers", "prints \"abc\"", "prints \"2 3 3 5 6 true\"", " w1 "]
        {
            assert!(told.contains(holds), "no `{holds}` in\n{told}");
        }
    }
}
