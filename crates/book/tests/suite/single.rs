//! A single file that uses crates besides tokio.

use std::path::Path;
use std::process::{Command, Output};

/// Traces `text`, as `name.rs`, without a network.
fn trace(folder: &Path, name: &str, text: &str, more: &[&str]) -> Output {
    let path = folder.join(format!("{name}.rs"));
    std::fs::write(&path, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_book"));
    command.arg("trace").arg(path).args(more);
    command.env("CARGO_NET_OFFLINE", "true").output().unwrap()
}

fn said(output: &Output) -> String {
    let [stdout, stderr] =
        [&output.stdout, &output.stderr].map(|said| String::from_utf8_lossy(said));
    format!("{stdout}{stderr}")
}

/// Without a word of its crates.
const USES: &str = r#"use std::time::Duration;

use anyhow::{Context, Result};
use bytes::Bytes;
use futures_util::FutureExt;

async fn waits() -> Result<Bytes> {
    let text = tokio::spawn(tokio::time::sleep(Duration::from_secs(60)).map(|()| "done"));
    Ok(Bytes::from(text.await.context("it failed")?))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    println!("{:?}", waits().await?);
    Ok(())
}
"#;

/// With a manifest, and a thing that is found wrong below it.
const SAYS: &str = r#"---
[dependencies]
anyhow = "1"
tokio = { version = "1", features = ["full"] }
---

use tokio::sync::Mutex;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let lock = Mutex::new(0);
    let _guard = lock.lock().await;
    let _again = lock.lock().await;
    Ok(())
}
"#;

#[test]
fn a_file_may_use_what_goes_with_tokio_and_what_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let output = trace(folder.path(), "uses", USES, &["--format", "text"]);
    let told = said(&output);
    assert!(output.status.success(), "{told}");
    for part in ["60 s · ", " · 2 tasks", "done", "spawn sleep"] {
        assert!(told.contains(part), "no `{part}` in\n{told}");
    }
    let output = trace(folder.path(), "says", SAYS, &["--format", "text"]);
    let told = said(&output);
    assert!(!output.status.success(), "{told}");
    assert!(told.contains("deadlock: main waits at line 13 "), "{told}");
}

#[test]
fn what_is_wrong_with_its_crates_is_said_in_its_own_name() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |text: &str, parts: &[&str]| {
        let output = trace(folder.path(), "refused", text, &[]);
        let told = said(&output);
        assert!(!output.status.success() && told.contains("refused.rs"), "{told}");
        for part in parts {
            assert!(told.contains(part), "no `{part}` in\n{told}");
        }
    };
    let main = "#[tokio::main]\nasync fn main() {}\n";
    refused(
        &format!("---\n[dependencies]\nof-no-such-name = \"1\"\n---\n{main}"),
        &["need a network", "of-no-such-name"],
    );
    refused(&format!("---\n[dependencies\n---\n{main}"), &["lines 1 to 3"]);
    refused(&format!("\n---\n[dependencies]\n{main}"), &["line 2: no line `---`"]);
    refused(
        "use anyhow::Result;\nasync fn f() -> Result<()> { 5 }\nfn main() {}\n",
        &["E0308", "refused.rs:2:"],
    );
    refused("use of_no_name::X;\nasync fn f() {}\nfn main() {}\n", &["E0432", "--package"]);
}

#[test]
fn the_modules_of_a_file_have_their_lines_and_names() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("worker")).unwrap();
    let worker =
        "mod tools;\n\npub async fn work() {\n    tokio::spawn(tools::nap()).await.unwrap();\n}\n";
    let tools = "pub async fn nap() {\n    \
                 tokio::time::sleep(std::time::Duration::from_secs(60)).await;\n}\n";
    std::fs::write(folder.path().join("worker.rs"), worker).unwrap();
    std::fs::write(folder.path().join("worker/tools.rs"), tools).unwrap();
    let main = "mod worker;\n\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {\n    \
                worker::work().await;\n}\n";
    let output = trace(folder.path(), "whole", main, &["--format", "text"]);
    let told = said(&output);
    assert!(output.status.success(), "{told}");
    for part in ["60 s · ", "worker.rs:4  main", "worker/tools.rs:2  nap", "spawn nap"] {
        assert!(told.contains(part), "no `{part}` in\n{told}");
    }
    // What is wrong in a module is said of it.
    std::fs::write(folder.path().join("worker/tools.rs"), "pub async fn nap() -> u32 {}\n")
        .unwrap();
    let told = said(&trace(folder.path(), "whole", main, &[]));
    let file = folder.path().join("worker/tools.rs:1:");
    assert!(told.contains(file.to_str().unwrap()), "{told}");
}
