//! `trace --package`, on packages in folders of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A package whose program waits, has a module and a dependency that spawn
/// tasks, and a dependency that does not compile with the stand-in.
const FILES: [(&str, &str); 9] = [
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
    ("examples/sums.rs", "fn main() {\n    println!(\"{}\", 1 + 2);\n}\n"),
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
    assert!(said(&output).contains("1 of 1 run: it was stopped after 1 s"), "{}", said(&output));

    let output = trace(folder.path(), &["--test", "waits", "--format", "text"]);
    assert!(said(&output).contains("an hour later"), "{}", said(&output));

    let output = trace(folder.path(), &["--example", "sums"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("nothing in it calls tokio"), "{}", said(&output));
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn a_lock_file_that_is_out_of_date_is_so_afterwards_too() {
    let folder = package(&FILES);
    let manifest = folder.path().join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let without = text.replace("picky = { path = \"picky\" }\n", "");
    fs::write(&manifest, without).unwrap();
    let mut lock = Command::new("cargo");
    lock.args(["generate-lockfile", "--offline", "--manifest-path"]).arg(&manifest);
    assert!(lock.status().unwrap().success());
    fs::write(&manifest, text).unwrap();
    let before = contents(folder.path());
    let output = trace(folder.path(), &["--format", "text"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("prints \"3\""), "{}", said(&output));
    assert_eq!(contents(folder.path()), before);
}

/// A package that reaches tokio only through another one, which calls it by
/// another name.
const INDIRECT: [(&str, &str); 5] = [
    ("Cargo.toml", "[workspace]\nmembers = [\"inner\", \"outer\"]\nresolver = \"2\"\n"),
    (
        "inner/Cargo.toml",
        "[package]\nname = \"inner\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n\
         [dependencies]\ntk = { package = \"tokio\", version = \"1\", features = [\"rt\", \"time\"] }\n",
    ),
    (
        "inner/src/lib.rs",
        "pub fn run() -> u32 {\n    let runtime = tk::runtime::Builder::new_current_thread();\n    \
         let runtime = { runtime }.enable_all().build().unwrap();\n    \
         runtime.block_on(async { tk::spawn(async { 30 }).await.unwrap() })\n}\n",
    ),
    (
        "outer/Cargo.toml",
        "[package]\nname = \"outer\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n\
         [dependencies]\ninner = { path = \"../inner\" }\n",
    ),
    ("outer/src/main.rs", "fn main() {\n    println!(\"{}\", inner::run());\n}\n"),
];

#[test]
fn a_tokio_behind_another_crate_and_under_another_name_is_recorded() {
    let folder = package(&INDIRECT);
    let output = trace(&folder.path().join("outer"), &["--format", "text"]);
    let told = said(&output);
    assert!(output.status.success(), "{told}");
    assert!(told.contains(" · 2 tasks") && told.contains("prints \"30\""), "{told}");
}

/// A package with a feature, arguments, and tests beside its code.
const CHOICES: [(&str, &str); 3] = [
    (
        "Cargo.toml",
        "[package]\nname = \"choices\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n\
         [features]\ndefault = [\"plain\"]\nplain = []\nloud = []\n\n\
         [dependencies]\ntokio = { version = \"1\", features = [\"macros\", \"rt\", \"time\"] }\n\n\
         [workspace]\n",
    ),
    (
        "src/lib.rs",
        "#[cfg(test)]\nmod tests {\n    #[tokio::test]\n    async fn early() {\n        \
         println!(\"so early\");\n    }\n\n    #[tokio::test]\n    async fn late() {\n        \
         println!(\"so late\");\n    }\n}\n",
    ),
    (
        "src/main.rs",
        "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {\n    \
         for arg in std::env::args().skip(1) {\n        println!(\"called with {arg}\");\n    }\n    \
         println!(\"plain {} loud {}\", cfg!(feature = \"plain\"), cfg!(feature = \"loud\"));\n    \
         println!(\"debug {}\", cfg!(debug_assertions));\n}\n\n\
         #[tokio::test]\nasync fn of_main() {\n    println!(\"within main\");\n}\n",
    ),
];

#[test]
fn a_package_is_run_as_it_is_run() {
    let folder = package(&CHOICES);
    for (more, holds, lacks) in [
        (&[][..], &["plain true loud false", "debug true"][..], ""),
        (
            &["--features", "loud", "--", "-x", "two words"],
            &["called with -x", "called with two words", "plain true loud true"],
            "",
        ),
        (&["--no-default-features"], &["plain false loud false"], ""),
        (&["--all-features", "--release"], &["plain true loud true", "debug false"], ""),
        (&["--lib", "--", "late"], &["so late"], "so early"),
        (&["--bin", "choices", "--unit-tests"], &["within main"], "so late"),
        (&["--unit-tests"], &["within main"], "so late"),
        (&["--bin", "choices", "--runs", "1", "--", "once"], &["called with once"], ""),
    ] {
        let more = [more, &[]].concat();
        let (before, after) = match more.iter().position(|arg| *arg == "--") {
            Some(at) => more.split_at(at),
            None => (&more[..], &[][..]),
        };
        let format: &[&str] = if before.contains(&"--runs") { &[] } else { &["--format", "text"] };
        let output = trace(folder.path(), &[before, format, after].concat());
        let told = said(&output);
        assert!(output.status.success(), "{told}");
        for text in holds {
            assert!(told.contains(text), "{more:?}: no `{text}` in\n{told}");
        }
        assert!(lacks.is_empty() || !told.contains(lacks), "{more:?}: `{lacks}` in\n{told}");
    }
}

/// A package whose tasks are spawned in its library.
const FILES_OF_ITS_OWN: [(&str, &str); 5] = [
    (
        "Cargo.toml",
        "[package]\nname = \"demo\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n\
         [dependencies]\ntokio = { version = \"1\", features = [\"macros\", \"rt\", \"sync\", \"time\"] }\n\n\
         [workspace]\n",
    ),
    ("src/lib.rs", "pub mod worker;\n"),
    (
        "src/worker.rs",
        "use std::sync::Arc;\n\npub async fn start() {\n    \
         tokio::spawn(async { tokio::task::yield_now().await }).await.unwrap();\n}\n\n\
         async fn asks(lock: Arc<tokio::sync::Mutex<()>>) {\n    drop(lock.lock().await);\n}\n\n\
         pub async fn stuck() {\n    let lock = Arc::new(tokio::sync::Mutex::new(()));\n    \
         let guard = lock.lock().await;\n    let task = tokio::spawn(asks(lock.clone()));\n    \
         task.await.unwrap();\n    drop(guard);\n}\n",
    ),
    (
        "src/main.rs",
        "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {\n    \
         demo::worker::stuck().await;\n}\n",
    ),
    (
        "tests/starts.rs",
        "#[tokio::test]\nasync fn once() {\n    demo::worker::start().await;\n}\n\n\
         #[tokio::test(start_paused = true)]\nasync fn again() {\n    demo::worker::start().await;\n}\n",
    ),
];

#[test]
fn lines_and_names_are_those_of_all_files_of_the_package() {
    let folder = package(&FILES_OF_ITS_OWN);
    let told = said(&trace(folder.path(), &["--format", "text"]));
    for holds in [
        "deadlock: main waits at worker.rs:15 for asks",
        "asks waits at worker.rs:8 for",
        "that main took at worker.rs:13",
        "worker.rs:14  main    spawn asks",
    ] {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(&told).contains(&words(holds)), "no `{holds}` in\n{told}");
    }
    let told = said(&trace(folder.path(), &["--format", "jsonl"]));
    assert!(told.contains(r#""file":"src/worker.rs","ev":"spawn""#), "{told}");
    assert!(told.contains(r#"[{"task":0,"line":13,"file":"src/worker.rs"}]"#), "{told}");

    let told = said(&trace(folder.path(), &["--test", "starts", "--format", "text"]));
    for holds in ["spawn start:4 #1", "spawn start:4 #2", "  once  ", "  again  "] {
        assert!(told.contains(holds), "no `{holds}` in\n{told}");
    }
}

/// A package with what only a flag lets in: names that it gives its tasks itself.
const NAMED: [(&str, &str); 3] = [
    (
        "Cargo.toml",
        "[package]\nname = \"named\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n\
         [dependencies]\ntokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n\n[workspace]\n",
    ),
    (".cargo/config.toml", "[build]\nrustflags = [\"--cfg\", \"tokio_unstable\"]\n"),
    (
        "src/main.rs",
        "use tokio::task::{Builder, JoinSet};\n\n\
         #[tokio::main(flavor = \"current_thread\")]\nasync fn main() {\n    \
         for id in [7, 9] {\n        let name = format!(\"order {id}\");\n        \
         Builder::new().name(&name).spawn(work()).unwrap().await.unwrap();\n    }\n    \
         let mut set = JoinSet::new();\n    \
         set.build_task().name(\"of the set\").spawn(work()).unwrap();\n    \
         set.spawn(work());\n    set.join_all().await;\n}\n\nasync fn work() {}\n",
    ),
];

#[test]
fn a_task_has_the_name_that_the_program_gives_it() {
    let folder = package(&NAMED);
    let output = trace(folder.path(), &["--format", "text"]);
    let told = said(&output);
    assert!(output.status.success(), "{told}");
    let spawned: Vec<&str> =
        told.lines().filter_map(|line| Some(line.split_once(" spawn ")?.1)).collect();
    assert_eq!(spawned, ["order 7", "order 9", "of the set", "work"], "{told}");
}

#[test]
fn what_cannot_be_recorded_says_why() {
    let lock = "version = 4\n\n[[package]]\nname = \"tokio\"\nversion = \"1.32.0\"\n";
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
        (
            folder.path(),
            &[],
            "choose with --bin, --example, --test or --lib; of bins it has: app, other",
        ),
        (folder.path(), &["--bin", "ap"], "has no bin `ap`; it has: app, other"),
        (folder.path(), &["--example", "app"], "has no example `app`; it has no example"),
        (folder.path(), &["--lib"], "has no library; it has no lib"),
        (
            folder.path(),
            &["--bin", "app"],
            "tokio 1.32.0 cannot be recorded, only 1.38 and later 1.x",
        ),
        (folder.path(), &["--bin", "app"], "`cargo update -p tokio@1.32.0 --precise"),
    ] {
        let output = trace(folder, more);
        assert!(!output.status.success());
        assert!(said(&output).contains(why), "no `{why}` in\n{}", said(&output));
    }
}
