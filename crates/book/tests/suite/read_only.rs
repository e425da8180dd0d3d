//! Folders that cannot be written to: a clear word, and nothing half written.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread;

use book::record::{self, Options};
use book::runs::{Outcome, Runner};
use recorder::program::Program;
use recording::event::Recording;
use rustix::thread::{CapabilitySet, capabilities, set_capabilities};

use crate::support::book::Book;
use crate::support::reader::command;

/// Calls `f` with `folder`, and all in it, read-only, also for root.
fn read_only<T: Send>(folder: &Path, f: impl FnOnce() -> T + Send) -> T {
    fn set(path: &Path, mode: u32) {
        if path.is_dir() {
            for entry in fs::read_dir(path).unwrap() {
                set(&entry.unwrap().path(), mode);
            }
            fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        }
    }
    set(folder, 0o555);
    let result = thread::scope(|scope| {
        let guarded = scope.spawn(|| {
            // For this thread alone: what lets root ignore permissions.
            let mut own = capabilities(None).unwrap();
            own.effective -= CapabilitySet::DAC_OVERRIDE;
            set_capabilities(None, own).unwrap();
            assert!(fs::write(folder.join("new"), "").is_err(), "it can be written to");
            f()
        });
        guarded.join().unwrap()
    });
    set(folder, 0o755);
    result
}

/// All files below `folder`, and what is in them.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
    found
}

/// Whatever is recorded has printed a line.
struct Prints;

impl Runner for Prints {
    fn run(&self, programs: &[Program]) -> Vec<Outcome> {
        let recording = |program: &Program| {
            let (name, language) = (&program.name, program.language);
            let header = format!(
                "{{\"format\":2,\"program\":\"{name}\",\"language\":\"{language}\",\
                 \"runtime\":\"x 1.2.3\",\"clock\":\"virtual\",\"class\":\"exact\"}}"
            );
            let print = r#"{"t":0,"ev":"print","text":"Hello"}"#;
            Recording::read(format!("{header}\n{print}\n").as_bytes())
        };
        programs.iter().map(|program| Outcome::Ran(recording(program))).collect()
    }
}

#[test]
fn record_names_each_file_that_it_cannot_write() {
    let book = Book::new();
    let page = "# One\n\n<!-- recorded: v0 output -->\n\n<!-- /recorded -->\n";
    book.write("src/one.md", page);
    book.write("README.md", "# A book\n");
    let listing = "// ANCHOR: listing\nfn main() {}\n// ANCHOR_END: listing\n";
    book.write("examples/v0/main.rs", listing);
    let before = files(&book.path("src"));
    let options = |check| Options { names: Vec::new(), check };
    read_only(&book.path("src"), || {
        let plan =
            record::Plan::make(&pages::library::Book::read(&book.path("")).unwrap(), &[], &Prints)
                .unwrap();
        assert_eq!(plan.changes.len(), 2);
        for change in &plan.changes {
            let error = format!("{:#}", change.write(&book.path("")).unwrap_err());
            let path = change.path.to_str().unwrap();
            assert!(error.contains(path) && error.contains("denied"), "{error}");
        }
        assert!(record::record(&book.path(""), &options(false), &Prints).is_err());
    });
    assert_eq!(files(&book.path("src")), before);
    // Where it can be written to, the same works.
    record::record(&book.path(""), &options(false), &Prints).unwrap();
    record::record(&book.path(""), &options(true), &Prints).unwrap();
}

#[test]
fn a_build_says_where_it_cannot_put_the_site() {
    let book = Book::new();
    fs::create_dir(book.path("out")).unwrap();
    let dest = book.path("out/site");
    let error = read_only(&book.path("out"), || {
        book::build::build(&book.path(""), Some(dest.clone())).unwrap_err()
    });
    let error = format!("{error:#}");
    assert!(error.contains(book.path("out").to_str().unwrap()), "{error}");
    assert!(error.contains("denied"), "{error}");
    assert_eq!(fs::read_dir(book.path("out")).unwrap().count(), 0);
}

#[test]
fn a_trace_without_room_to_compile_says_how_to_make_some() {
    let book = Book::new();
    book.write("main.rs", "#[tokio::main]\nasync fn main() {}\n");
    // Not even root can write there.
    let output = command(&book.path(""))
        .args(["trace", "main.rs"])
        .env("CARGO_TARGET_DIR", "/proc/target")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && output.stdout.is_empty(), "{said}");
    assert!(said.contains("/proc/target") && said.contains("CARGO_TARGET_DIR"), "{said}");
}
