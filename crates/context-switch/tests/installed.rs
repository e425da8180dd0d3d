//! The command, as it is when it is installed: a file in a folder of its own, no
//! clone in reach, no variable of cargo's.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const RUST: &str = "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {\n    \
                    tokio::spawn(waits()).await.unwrap();\n}\n\nasync fn waits() {\n    \
                    tokio::time::sleep(std::time::Duration::from_secs(3600)).await;\n    \
                    println!(\"an hour later\");\n}\n";

const PYTHON: &str = "import asyncio\n\n\nasync def main():\n    await asyncio.sleep(3600)\n    \
                      print('an hour later')\n\n\nasyncio.run(main())\n";

/// Where the command is installed and two programs are.
struct Installed {
    root: tempfile::TempDir,
}

impl Installed {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("bin")).unwrap();
        for (name, file) in [
            ("context-switch", env!("CARGO_BIN_EXE_context-switch")),
            ("cargo-context-switch", env!("CARGO_BIN_EXE_cargo-context-switch")),
        ] {
            std::fs::copy(file, root.path().join("bin").join(name)).unwrap();
        }
        std::fs::write(root.path().join("waits.rs"), RUST).unwrap();
        std::fs::write(root.path().join("waits.py"), PYTHON).unwrap();
        Installed { root }
    }

    /// The cache: what is in it is for the next time, too.
    fn cache() -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache")
    }

    /// Runs a program where the clone is, but for its target directory, empty; none
    /// where nothing can be mounted.
    fn run(&self, program: &str, args: &[&str]) -> Option<Output> {
        // Its manifests, the crates, the chapters: nothing is left of them.
        let script = "set -e; mkdir empty\n\
                      for each in \"$CLONE\"/*; do case $each in\n\
                      */target) ;;\n*)\nif [ -d \"$each\" ]; then mount --bind empty \"$each\"\n\
                      else mount --bind /dev/null \"$each\"; fi;;\nesac; done\n\
                      [ -z \"$(ls \"$CLONE/crates\")\" ]; exec \"$@\"";
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", script, "sh", program]).args(args);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let bin = [self.root.path().join("bin")];
        let path = bin.into_iter().chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(path).unwrap());
        command.env("CLONE", Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap());
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO") && text != "CARGO_HOME" {
                command.env_remove(name);
            }
        }
        let _ = std::fs::remove_dir_all(self.root.path().join("empty"));
        command.env("XDG_CACHE_HOME", Self::cache()).current_dir(&self.root);
        let output = command.output().unwrap();
        let says = said(&output);
        if says.contains("unshare: ") || says.contains("mount: ") {
            assert!(!recorder::everything_required(), "{says}");
            eprintln!("skipped: {says}");
            return None;
        }
        Some(output)
    }
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|out| String::from_utf8_lossy(out).into_owned()).concat()
}

#[test]
fn it_traces_from_any_folder_without_a_clone() {
    let installed = Installed::new();
    for args in
        [["trace", "waits.rs", "--format", "text"], ["trace", "waits.py", "--format", "text"]]
    {
        let Some(output) = installed.run("context-switch", &args) else { return };
        let told = said(&output);
        assert!(output.status.success(), "{told}");
        assert!(told.contains("\"an hour later\"") && told.contains("3600 s"), "{told}");
    }
    // The second time from cargo, and a file that says which crates it has.
    let with_crates = format!("---\n[dependencies]\nanyhow = \"1\"\n---\n{RUST}");
    std::fs::write(installed.root.path().join("crates.rs"), with_crates).unwrap();
    let args = ["context-switch", "trace", "crates.rs", "--format", "text"];
    let output = installed.run("cargo", &args).unwrap();
    assert!(said(&output).contains("\"an hour later\""), "{}", said(&output));
}

#[test]
fn it_says_what_it_is_called_by() {
    for (program, first, name) in [
        (env!("CARGO_BIN_EXE_context-switch"), &[][..], "context-switch"),
        (env!("CARGO_BIN_EXE_cargo-context-switch"), &["context-switch"], "cargo context-switch"),
    ] {
        let run = |args: &[&str]| {
            let output = Command::new(program).args(first).args(args).output().unwrap();
            said(&output)
        };
        let help = run(&["trace", "--help"]);
        assert!(help.contains(&format!("Usage: {name} trace")), "{help}");
        assert!(help.contains(&format!("  {name} trace my_program.rs --runs 100")), "{help}");
        assert!(!help.contains("cargo run"), "{help}");
        assert!(run(&["--version"]).ends_with(" 0.1.0\n"), "{}", run(&["--version"]));
        assert!(run(&[]).contains("Usage: "), "{}", run(&[]));
    }
}

#[test]
fn what_it_keeps_is_cleaned_on_demand_and_no_size_is_refused() {
    let cache = tempfile::tempdir().unwrap();
    let kept = cache.path().join("context-switch/recording/target");
    std::fs::create_dir_all(&kept).unwrap();
    std::fs::write(kept.join("program"), [0; 2_000_000]).unwrap();
    let run = |args: &[&str], size: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_context-switch"));
        command.args(args).env("XDG_CACHE_HOME", cache.path());
        command.env("CONTEXT_SWITCH_CACHE_SIZE", size).output().unwrap()
    };
    let output = run(&["trace", "nothing.rs"], "5 apples");
    assert!(!output.status.success());
    assert!(said(&output).contains("CONTEXT_SWITCH_CACHE_SIZE=5 apples: not a size"));
    assert!(kept.exists());
    let output = run(&["clean"], "");
    assert!(said(&output).contains("context-switch: 2 MB removed"), "{}", said(&output));
    assert!(!kept.exists());
}
