//! `trace --package`, on packages in folders of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A package whose program waits, has a module and a dependency that spawn
/// tasks, and a dependency that does not compile with the stand-in.
const FILES: [(&str, &str); 8] = [
    (
        "Cargo.toml",
        r#"
[package]
name = "app"
version = "0.1.0"
edition = "2021"

[dependencies]
tokio = { version = "1", features = ["macros", "rt", "time"] }
spawns = { path = "spawns" }
picky = { path = "picky" }

[workspace]
"#,
    ),
    (
        "src/main.rs",
        r#"mod serve;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let served = tokio::spawn(serve::serve());
    println!("{}", spawns::later().await + picky::later().await);
    served.await.unwrap();
}
"#,
    ),
    (
        "src/serve.rs",
        "pub async fn serve() {\n    tokio::spawn(inner()).await.unwrap();\n}\n\n\
         async fn inner() {\n    tokio::time::sleep(std::time::Duration::from_secs(60)).await;\n}\n",
    ),
    (
        "tests/waits.rs",
        "#[tokio::test]\nasync fn waits() {\n    \
         tokio::time::sleep(std::time::Duration::from_secs(3600)).await;\n    \
         println!(\"an hour later\");\n}\n",
    ),
    (
        "spawns/Cargo.toml",
        "[package]\nname = \"spawns\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n\
         [dependencies]\ntokio = { version = \"1\", features = [\"rt\", \"sync\"] }\n",
    ),
    (
        "spawns/src/lib.rs",
        "pub async fn later() -> u32 {\n    let (sender, receiver) = tokio::sync::oneshot::channel();\n    \
         tokio::spawn(async { sender.send(1) });\n    receiver.await.unwrap()\n}\n",
    ),
    (
        "picky/Cargo.toml",
        "[package]\nname = \"picky\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n\
         [dependencies]\ntokio = { version = \"1\", features = [\"rt\", \"time\"] }\n",
    ),
    (
        // Compiles only where `Sleep` is not `Unpin`: the stand-in's is.
        "picky/src/lib.rs",
        "trait Either<T> {\n    fn is() {}\n}\nimpl<T: ?Sized> Either<()> for T {}\n\
         impl<T: ?Sized + Unpin> Either<u8> for T {}\n\n\
         pub async fn later() -> u32 {\n    <tokio::time::Sleep as Either<_>>::is();\n    \
         tokio::spawn(async { 2 }).await.unwrap()\n}\n",
    ),
];

fn package(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// All files of a folder, and what they hold.
fn contents(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found.sort();
    found
}

fn trace(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_book"));
    command.args(["trace", "--package"]).arg(folder).args(more);
    // What is not on this machine is not needed.
    command.env("CARGO_NET_OFFLINE", "true").output().unwrap()
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn a_package_is_recorded_with_its_dependencies_and_left_as_it_is() {
    let folder = package(&FILES);
    let before = contents(folder.path());
    let output = trace(folder.path(), &["--format", "text"]);
    let told = said(&output);
    assert!(output.status.success(), "{told}");
    // 60 s of virtual time; main, serve, inner and the dependency's task.
    assert!(told.contains("60 s · ") && told.contains(" · 4 tasks"), "{told}");
    for line in ["spawn serve", "spawn inner", "prints \"3\"", "what picky does by itself is not"] {
        assert!(told.contains(line), "no `{line}` in\n{told}");
    }
    assert_eq!(contents(folder.path()), before);

    // The same again, compiled already, without being recorded.
    let output = trace(folder.path(), &["--bin", "app", "--runs", "1", "--timeout", "1"]);
    assert!(said(&output).contains("1 of 1 run: stopped after 1 s"), "{}", said(&output));

    let output = trace(folder.path(), &["--test", "waits", "--format", "text"]);
    assert!(said(&output).contains("an hour later"), "{}", said(&output));
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn what_cannot_be_recorded_says_why() {
    let lock = "version = 4\n\n[[package]]\nname = \"tokio\"\nversion = \"1.38.0\"\n";
    let manifest = "[package]\nname = \"app\"\n\n[dependencies]\ntokio = \"1\"\n";
    let with_lock = [
        ("Cargo.toml", manifest),
        ("src/main.rs", ""),
        ("src/bin/other.rs", ""),
        ("Cargo.lock", lock),
    ];
    let folder = package(&with_lock);
    let empty = package(&[]);
    for (folder, more, why) in [
        (empty.path(), &[][..], "is not a cargo package: no Cargo.toml"),
        (Path::new("/nowhere/at/all"), &[], "there is no folder /nowhere/at/all"),
        (folder.path(), &[], "choose with --bin, --example or --test; of bins it has: app, other"),
        (folder.path(), &["--bin", "ap"], "has no bin `ap`; it has: app, other"),
        (folder.path(), &["--example", "app"], "has no example `app`; it has no example"),
        (folder.path(), &["--bin", "app"], "tokio 1.38.0 cannot be recorded: the stand-in"),
    ] {
        let output = trace(folder, more);
        assert!(!output.status.success());
        assert!(said(&output).contains(why), "no `{why}` in\n{}", said(&output));
    }
}
