//! Small books whose programs are recorded by a runner that makes things up.

use std::fs;

use super::*;
use crate::runs::Outcome;
use recorder::program::Program;
use recorder::search::token;
use tempfile::TempDir;

const PAGE: &str = "# v5\n\n<!-- recorded: v5 listing -->\n\n<!-- /recorded -->\n\nWhy?\n\n<!-- recorded: v5 output -->\n\n<!-- /recorded -->\n\n<!-- recorded: v5 python-facts -->\n\n<!-- /recorded -->\n";

/// A book of one page and one example, in both languages.
fn book() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("README.md", "# A book\n"),
        ("src/v5.md", PAGE),
        ("examples/v5/main.rs", "// ANCHOR: listing\nfn main() {}\n// ANCHOR_END: listing\n"),
        ("examples/v5/main.py", "import asyncio\n"),
    ] {
        put(&root, path, text);
    }
    root
}

fn put(root: &TempDir, path: &str, text: &str) {
    let path = root.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn get(root: &TempDir, path: &str) -> String {
    fs::read_to_string(root.path().join(path)).unwrap()
}

/// A runner whose programs print this, in the language that it has.
struct Prints(&'static str, &'static [Language]);

const BOTH: &[Language] = &[Language::Rust, Language::Python];

impl Runner for Prints {
    fn run(&self, programs: &[Program]) -> Vec<Outcome> {
        let recording = |program: &Program| {
            let (name, language) = (&program.name, program.language);
            let text = self.0;
            let lines = format!(
                "{{\"format\":2,\"program\":\"{name}\",\"language\":\"{language}\",\"runtime\":\"x 1.2.3\",\
                 \"clock\":\"virtual\",\"class\":\"exact\"}}\n{{\"t\":0,\"ev\":\"print\",\"text\":\"{text}\"}}\n"
            );
            Recording::read(lines.as_bytes())
        };
        let outcome = |program: &Program| match self {
            Prints("fail", _) => Outcome::Ran(Err(anyhow::anyhow!("it failed"))),
            Prints(_, has) if has.contains(&program.language) => Outcome::Ran(recording(program)),
            Prints(..) => Outcome::Skipped("no such thing here".into()),
        };
        programs.iter().map(outcome).collect()
    }

    fn many(&self, programs: &[(Program, View)]) -> Vec<Result<Option<String>>> {
        let told = |(program, view): &(Program, View)| match self {
            Prints("fail", _) => Err(anyhow::anyhow!("it has none")),
            Prints(text, has) if has.contains(&program.language) => Ok(Some(match view {
                View::Orders => format!("all {text}"),
                View::WideOrders => format!("more {text}"),
                _ => {
                    let number = token::program(&fs::read_to_string(&program.path).unwrap());
                    format!("some · {number}\n{text}")
                }
            })),
            Prints(..) => Ok(None),
        };
        programs.iter().map(told).collect()
    }
}

fn options(check: bool) -> Options {
    Options { names: vec![], check }
}

fn refresh(root: &TempDir, runner: Prints) -> Result<()> {
    record(root.path(), &options(false), &runner)
}

#[test]
fn recordings_and_regions_follow_the_programs() {
    let root = book();
    refresh(&root, Prints("Hello", BOTH)).unwrap();
    assert_eq!(
        get(&root, "src/v5.md"),
        "# v5\n\n<!-- recorded: v5 listing -->\n\n```rust\nfn main() {}\n```\n\n<!-- /recorded -->\n\nWhy?\n\n<!-- recorded: v5 output -->\n\n```text\n[ 0.000 s] Hello\n[ 0.000 s] (end)\n```\n\n<!-- /recorded -->\n\n<!-- recorded: v5 python-facts -->\n\n0 s · 0 steps · 0 tasks\n\n<!-- /recorded -->\n"
    );
    let js = get(&root, "src/recordings/v5.rust.js");
    assert!(js.starts_with("contextSwitch.recording(\"v5\", \"rust\", 2, [\n"), "{js}");
    let plan = Plan::make(&Book::read(root.path()).unwrap(), &[], &Prints("Hello", BOTH)).unwrap();
    assert!(plan.changes.is_empty() && plan.errors.is_empty() && plan.recorded == 2, "{plan:?}");
}

#[test]
fn a_stale_page_fails_the_check_with_a_diff_and_the_command_and_stays_as_it_is() {
    let root = book();
    refresh(&root, Prints("Hello", BOTH)).unwrap();
    let page = get(&root, "src/v5.md");
    for stale in [
        page.replace("] Hello", "] Hallo"),
        page.replace("fn main", "fn maim"),
        page.replace("0 steps", "1 step"),
        page.replace("\n\n```rust", "\n```rust"),
    ] {
        assert_ne!(stale, page);
        put(&root, "src/v5.md", &stale);
        let plan =
            Plan::make(&Book::read(root.path()).unwrap(), &[], &Prints("Hello", BOTH)).unwrap();
        let [change] = plan.changes.as_slice() else { panic!("{plan:?}") };
        assert!(change.diff().starts_with("--- src/v5.md\n+++ src/v5.md\n@@ "));
        assert!(plan.mend().ends_with("run `cargo run -- record v5`"), "{}", plan.mend());
        let error = record(root.path(), &options(true), &Prints("Hello", BOTH)).unwrap_err();
        assert_eq!(error.to_string(), plan.mend());
        assert_eq!(get(&root, "src/v5.md"), stale);
    }
    put(&root, "src/v5.md", &page);
    let error = record(root.path(), &options(true), &Prints("Bye", BOTH)).unwrap_err();
    assert!(error.to_string().contains("record v5"), "{error}");
    assert!(get(&root, "src/recordings/v5.rust.js").contains("Hello"));
}

#[test]
fn the_orders_of_a_program_follow_it_and_are_stale_when_there_are_others() {
    let root = book();
    let shows = |language: &str| {
        format!("<!-- recorded: v5 {language}orders -->\n\n<!-- /recorded -->\n\n")
    };
    put(&root, "src/v5.md", &(shows("") + &shows("python-")));
    refresh(&root, Prints("Hello", BOTH)).unwrap();
    let page = get(&root, "src/v5.md");
    assert_eq!(page.matches("orders -->\n\n```text\nall Hello\n```\n\n<!-- /").count(), 2);
    let plan =
        Plan::make(&Book::read(root.path()).unwrap(), &[], &Prints("Bye", &[Language::Rust]))
            .unwrap();
    let change = plan.changes.iter().find(|change| change.path.ends_with("v5.md")).unwrap();
    // Without a Python its orders stay as they are.
    assert!(change.new.contains("all Bye") && change.new.contains("all Hello"), "{plan:?}");
    let plan = Plan::make(&Book::read(root.path()).unwrap(), &[], &Prints("fail", BOTH)).unwrap();
    assert!(plan.errors.iter().any(|error| error == "src/v5.md:1: it has none"), "{plan:?}");
}

#[test]
fn the_orders_of_the_wider_model_are_others() {
    let root = book();
    let shows = |view: &str| format!("<!-- recorded: v5 {view} -->\n\n<!-- /recorded -->\n\n");
    let views = ["orders", "orders-on-workers", "python-orders-with-jitter"];
    put(&root, "src/v5.md", &views.map(shows).concat());
    refresh(&root, Prints("Hello", BOTH)).unwrap();
    let page = get(&root, "src/v5.md");
    let told: Vec<&str> = page.lines().filter(|line| line.ends_with(" Hello")).collect();
    assert_eq!(told, ["all Hello", "more Hello", "more Hello"], "{page}");
}

#[test]
fn what_was_seen_stays_while_the_program_does() {
    let root = book();
    let views = ["seen", "seen-on-workers", "python-seen"];
    let shows = |view: &str| format!("<!-- recorded: v5 {view} -->\n\n<!-- /recorded -->\n\n");
    put(&root, "src/v5.md", &views.map(shows).concat());
    let told = || {
        let page = get(&root, "src/v5.md");
        page.lines()
            .filter(|line| ["Hello", "Bye"].contains(line))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    refresh(&root, Prints("Hello", BOTH)).unwrap();
    assert_eq!(told(), ["Hello", "Hello", "Hello"]);
    refresh(&root, Prints("Bye", BOTH)).unwrap();
    assert_eq!(told(), ["Hello", "Hello", "Hello"]);
    let program = get(&root, "examples/v5/main.rs");
    put(&root, "examples/v5/main.rs", &(program + "// changed\n"));
    let plan = Plan::make(&Book::read(root.path()).unwrap(), &[], &Prints("Bye", BOTH)).unwrap();
    assert!(plan.mend().ends_with("run `cargo run -- record v5`"), "{}", plan.mend());
    refresh(&root, Prints("Bye", BOTH)).unwrap();
    assert_eq!(told(), ["Bye", "Bye", "Hello"]);
}

#[test]
fn a_failed_run_is_never_recorded_and_is_a_failure() {
    let root = book();
    refresh(&root, Prints("Hello", BOTH)).unwrap();
    let before = (get(&root, "src/v5.md"), get(&root, "src/recordings/v5.rust.js"));
    refresh(&root, Prints("fail", BOTH)).unwrap_err();
    let plan = Plan::make(&Book::read(root.path()).unwrap(), &[], &Prints("fail", BOTH)).unwrap();
    assert_eq!(plan.errors.len(), 2);
    assert!(plan.errors[0] == "examples/v5/main.rs: it failed", "{plan:?}");
    assert_eq!(before, (get(&root, "src/v5.md"), get(&root, "src/recordings/v5.rust.js")));
}

#[test]
fn where_one_program_fails_the_book_stays_as_it_is() {
    let root = book();
    refresh(&root, Prints("Hello", BOTH)).unwrap();
    put(&root, "examples/v6/main.rs", "fn main() {}\n");
    put(&root, "src/v6.md", "<!-- recorded: v6 output -->\n\n<!-- /recorded -->\n");
    put(&root, "src/v7.md", "<!-- recorded: v7 output -->\n\n<!-- /recorded -->\n");
    let before = (get(&root, "src/v5.md"), get(&root, "src/v6.md"));
    // Of v7 there is no program; v5 and v6 could be recorded.
    let error = refresh(&root, Prints("other", BOTH)).unwrap_err();
    assert!(error.to_string().ends_with("nothing was written"), "{error}");
    assert_eq!(before, (get(&root, "src/v5.md"), get(&root, "src/v6.md")));
    assert!(get(&root, "src/recordings/v5.rust.js").contains("Hello"));
    assert!(!root.path().join("src/recordings/v6.rust.js").exists());
}

#[test]
fn without_python_its_recordings_stay_and_the_rest_is_done() {
    let root = book();
    let rust = Prints("Hello", &[Language::Rust]);
    let plan = Plan::make(&Book::read(root.path()).unwrap(), &[], &rust).unwrap();
    assert!(plan.errors[0].ends_with("src/v5.md:13: this was never recorded"), "{plan:?}");
    refresh(&root, Prints("Hello", BOTH)).unwrap();
    let plan = Plan::make(&Book::read(root.path()).unwrap(), &[], &rust).unwrap();
    assert!(plan.errors.is_empty() && plan.changes.is_empty(), "{plan:?}");
    assert_eq!(plan.skipped, ["examples/v5/main.py: no such thing here"]);
}

#[test]
fn what_does_not_exist_is_named_with_its_place() {
    let root = book();
    let fresh = Prints("Hello", BOTH);
    let error = Plan::make(&Book::read(root.path()).unwrap(), &["v6".into()], &fresh).unwrap_err();
    assert_eq!(error.to_string(), "there is no example `v6` in examples/");

    put(&root, "src/v6.md", "<!-- recorded: v6 output -->\n\n<!-- /recorded -->\n");
    put(&root, "src/deep/broken.md", "\n<!-- /recorded -->\n");
    let plan = Plan::make(&Book::read(root.path()).unwrap(), &[], &fresh).unwrap();
    assert_eq!(
        plan.errors,
        [
            "src/deep/broken.md:2: `<!-- /recorded -->` closes nothing",
            "src/v6.md:1: there is no examples/v6/main.rs",
        ]
    );
}

#[test]
fn an_example_that_no_page_shows_is_not_recorded_and_that_is_said() {
    let root = book();
    put(&root, "examples/hidden/main.rs", "fn main() {}\n");
    for names in [vec!["hidden".to_owned()], vec!["v5".to_owned(), "hidden".to_owned()]] {
        let plan =
            Plan::make(&Book::read(root.path()).unwrap(), &names, &Prints("Hello", BOTH)).unwrap();
        let said = "no page shows examples/hidden: put `<!-- recorded: hidden listing -->`";
        assert!(plan.errors.len() == 1 && plan.errors[0].starts_with(said), "{plan:?}");
    }
}

#[test]
fn a_recording_that_no_page_shows_is_an_error() {
    let root = book();
    put(&root, "src/recordings/v4.rust.js", "");
    let plan = Plan::make(&Book::read(root.path()).unwrap(), &[], &Prints("Hello", BOTH)).unwrap();
    assert_eq!(
        plan.errors,
        ["src/recordings/v4.rust.js: no page shows this recording: show it, or delete it"]
    );
}

#[test]
fn only_the_named_example_is_recorded() {
    let root = book();
    put(&root, "examples/v6/main.rs", "fn main() {}\n");
    put(&root, "src/v6.md", "<!-- recorded: v6 output -->\n\n<!-- /recorded -->\n");
    let plan =
        Plan::make(&Book::read(root.path()).unwrap(), &["v6".into()], &Prints("Hello", BOTH))
            .unwrap();
    let paths: Vec<String> =
        plan.changes.iter().map(|change| change.path.display().to_string()).collect();
    assert_eq!(paths, ["src/recordings/v6.rust.js", "src/v6.md"]);
}
