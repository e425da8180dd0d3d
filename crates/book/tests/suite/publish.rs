//! `cargo run -- publish`: green only if all is well, and the site of before
//! stays as it was if not.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use book::publish::checks::Check;
use book::publish::{Options, publish};
use book::record::{self, Plan};
use book::runs::{Outcome, Runner};
use recorder::program::Program;
use recording::event::Recording;

use crate::support::book::{Book, repository};

/// A runner whose programs print their name.
struct Prints;

impl Runner for Prints {
    fn run(&self, programs: &[Program]) -> Vec<Outcome> {
        let record = |Program { name, language, .. }: &Program| {
            let lines = format!(
                "{{\"format\":2,\"program\":\"{name}\",\"language\":\"{language}\",\"runtime\":\"x 1.2.3\",\
                 \"clock\":\"virtual\",\"class\":\"exact\"}}\n{{\"t\":0,\"ev\":\"print\",\"text\":\"{name}\"}}\n"
            );
            Outcome::Ran(Recording::read(lines.as_bytes()))
        };
        programs.iter().map(record).collect()
    }
}

/// The tests of a package without dependencies, which takes a second.
const TESTS: &[Check] = &[Check {
    name: "tests",
    command: &[
        "cargo",
        "test",
        "--locked",
        "--offline",
        "--no-fail-fast",
        "--target-dir",
        "target",
    ],
    install: "https://rustup.rs",
}];

const PROGRAM: &str = "// ANCHOR: listing\nfn main() {}\n// ANCHOR_END: listing\n";
const PAGE: &str = "# One\n\nThe first page.\n\n```rust\nfn main() {}\n```\n\n\
                    <!-- recorded: v0 output -->\n\n<!-- /recorded -->\n\n\
                    <!-- counted: book -->\n\n<!-- /counted -->\n\n\
                    <span class=\"commit\">a working copy, not published</span>\n";
const LIB: &str = "//! A library.\n\n/// ```\n/// assert_eq!(scratch::two(), 2);\n/// ```\npub fn two() -> u32 {\n    2\n}\n\n\
                   #[test]\nfn it_is_two() {\n    assert_eq!(two(), 2);\n}\n";

/// A repository with a book, a package and a published site.
struct Repository {
    book: Book,
    site: PathBuf,
}

impl Repository {
    fn new() -> Self {
        let book = Book::new();
        book.write("README.md", "# A book\n");
        book.write("src/one.md", PAGE);
        book.write("examples/v0/main.rs", PROGRAM);
        book.write(".gitignore", "/target\n/site\n.context-switch-*\n");
        book.write("lib.rs", LIB);
        book.write("tests/book.rs", "#[test]\nfn the_block_of_the_page() {}\n");
        book.write(
            "Cargo.toml",
            "[package]\nname = \"scratch\"\nedition = \"2024\"\nautoexamples = false\n\n[lib]\npath = \"lib.rs\"\n\n[workspace]\n",
        );
        let options = record::Options { names: vec![], check: false };
        record::record(&book.path(""), &options, &Prints).unwrap();
        let site = book.path("site");
        let repository = Self { book, site };
        repository.run("cargo", &["generate-lockfile", "--offline"]);
        repository.git(&["init", "--quiet"]);
        repository.commit("all of it");
        repository
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let output = Command::new(program).args(arguments).current_dir(self.book.path("")).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn git(&self, arguments: &[&str]) {
        let who =
            ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"];
        self.run("git", &[&who, arguments].concat());
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    fn publish(&self, checks: &[Check]) -> Result<PathBuf, String> {
        let options = Options { dir: self.site.clone(), base_path: "/book/".to_owned() };
        publish(&self.book.path(""), &options, checks, &Prints, None)
            .map_err(|error| format!("{error:#}"))
    }

    /// With another text in a file, committed, nothing is published, and the
    /// error names each of `because`.
    #[track_caller]
    fn refuses(&self, file: &str, text: &str, checks: &[Check], because: &[&str]) {
        let before = files(&self.site);
        self.book.write(file, text);
        self.commit(file);
        let error = self.publish(checks).expect_err(file);
        for why in because {
            assert!(error.contains(why), "{why} is missing: {error}");
        }
        assert_eq!(files(&self.site), before, "{file}: the site was touched");
        self.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    }
}

/// The files below a folder, with what is in them.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.clone(), fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn what_is_well_is_published_with_its_figures_and_its_commit() {
    let repository = Repository::new();
    repository.publish(TESTS).unwrap();
    let first = files(&repository.site);
    let manifest = &first[&repository.site.join("manifest.json")];
    let manifest: serde_json::Value = serde_json::from_slice(manifest).unwrap();
    assert_eq!(manifest["checks"], serde_json::json!(["tests"]));
    assert_eq!(manifest["tests_passed"], 3);
    assert_eq!(manifest["blocks_tested"], 1);
    assert_eq!(manifest["recordings_checked"], 1);
    assert_eq!(manifest["figures"]["blocks_run"], 1);
    let commit = manifest["commit"]["hash"].as_str().unwrap();
    let page = fs::read_to_string(repository.site.join("one.html")).unwrap();
    assert!(
        commit.len() == 40 && page.contains(&format!("commit <code>{commit}</code>")),
        "{page}"
    );
    let missing = fs::read_to_string(repository.site.join("404.html")).unwrap();
    assert!(missing.contains("<base href=\"/book/\">"), "{missing}");
    repository.publish(&[]).unwrap();
    let mut second = files(&repository.site);
    // It names the checks, and there were none this time.
    let manifest = repository.site.join("manifest.json");
    second.insert(manifest.clone(), first[&manifest].clone());
    assert_eq!(first, second, "two sites of one commit");
    repository.book.write("src/one.md", &(PAGE.to_owned() + "\nSaved, not committed.\n"));
    let error = repository.publish(&[]).unwrap_err();
    assert!(error.contains("clean checkout") && error.contains("src/one.md"), "{error}");
    assert_eq!(files(&repository.site).len(), first.len());
}

#[test]
fn nothing_that_is_wrong_is_published() {
    let repository = Repository::new();
    repository.publish(&[]).unwrap();
    let page = fs::read_to_string(repository.book.path("src/one.md")).unwrap();
    let with = |text: &str| page.clone() + "\n" + text + "\n";
    let at = |what: &str| format!("src/one.md:{}: {what}", page.lines().count() + 2);
    let none: &[Check] = &[];
    let ignored = with("```rust,ignore\nnonsense\n```");
    repository.refuses("src/one.md", &ignored, none, &[&at("a block is ignored"), "record"]);
    let stale = page.replace("[ 0.000 s] v0", "[ 0.000 s] v1");
    assert_ne!(stale, page);
    repository.refuses(
        "src/one.md",
        &stale,
        none,
        &["stale: src/one.md", "cargo run -- record v0"],
    );
    let dead = with("[There](deep/two.md#gone), [here](#not), [nowhere](gone.md)");
    let because = [
        &*at("deep/two.html#gone: deep/two.html has no #gone"),
        &at("#not is nowhere on this page"),
        &at("gone.html leads to gone.html, which is not there"),
        "3 failures",
    ];
    repository.refuses("src/one.md", &dead, none, &because);
    let foreign = with("<script src=\"https://cdn.example/x.js\"></script>");
    repository.refuses(
        "src/one.md",
        &foreign,
        none,
        &[&at("asks another host: https://cdn.example/x.js")],
    );
    let broken = with("{{#include nowhere.rs}}");
    repository.refuses("src/one.md", &broken, none, &["nowhere.rs"]);
    let doctest = LIB.replace("two(), 2);\n/// ", "two(), 3);\n/// ");
    assert_ne!(doctest, LIB);
    repository.refuses("lib.rs", &doctest, TESTS, &["tests: `cargo test", "lib.rs - two (line 3)"]);
    let skipped = LIB.replace("#[test]\n", "#[test]\n#[ignore]\n");
    repository.refuses(
        "lib.rs",
        &skipped,
        TESTS,
        &["1 left out, and all have to run\n    it_is_two"],
    );
    let untested = "the pages have 1 Rust blocks, and 0 passed";
    repository.refuses("tests/book.rs", "//! None.\n", TESTS, &[untested]);
    let missing = Check { name: "spirits", command: &["no-such-tool"], install: "`.ci/tools`" };
    let together = [missing, TESTS[0]];
    let because =
        ["spirits: there is no `no-such-tool` here: `.ci/tools`", "1 left out", "2 failures"];
    repository.refuses("lib.rs", &skipped, &together, &because);
    repository.publish(&[]).unwrap();
}

#[test]
fn a_program_that_cannot_be_recorded_here_is_a_failure() {
    struct Skips;
    impl Runner for Skips {
        fn run(&self, programs: &[Program]) -> Vec<Outcome> {
            programs.iter().map(|_| Outcome::Skipped("no such thing here".into())).collect()
        }
    }
    let repository = Repository::new();
    let options = Options { dir: repository.site.clone(), base_path: "/".to_owned() };
    let error = publish(&repository.book.path(""), &options, &[], &Skips, None).unwrap_err();
    assert!(format!("{error:#}").contains("skipped: examples/v0/main.rs"), "{error:#}");
    assert!(!repository.site.exists());
}

#[test]
fn what_is_laid_there_during_the_tests_is_not_deleted() {
    struct Lays(PathBuf);
    impl Runner for Lays {
        fn run(&self, programs: &[Program]) -> Vec<Outcome> {
            fs::create_dir_all(&self.0).unwrap();
            fs::write(self.0.join("letter.txt"), "dear reader").unwrap();
            Prints.run(programs)
        }
    }
    let repository = Repository::new();
    let options = Options { dir: repository.site.clone(), base_path: "/".to_owned() };
    let runner = Lays(repository.site.clone());
    let error = publish(&repository.book.path(""), &options, &[], &runner, None).unwrap_err();
    assert!(format!("{error:#}").contains("no build put there"), "{error:#}");
    assert!(repository.site.join("letter.txt").is_file());
}

#[test]
fn what_git_is_told_to_ignore_is_not_published_with_the_rest() {
    let repository = Repository::new();
    let refused = |because: &str| {
        let error = repository.publish(&[]).expect_err(because);
        assert!(error.contains(because), "{error}");
        assert!(!repository.site.exists());
    };
    repository.git(&["config", "status.showUntrackedFiles", "no"]);
    repository.book.write("src/draft.html", "<p>Not yet");
    refused("src/draft.html");
    repository.book.write(".git/info/exclude", "draft.html\nbook.toml\n");
    refused("src/draft.html");
    fs::remove_file(repository.book.path("src/draft.html")).unwrap();
    // What a `record` that was killed has left is in nobody's way.
    repository.book.write("src/.context-switch-1", "half a page");
    repository.book.write("theme/mermaid/node_modules/one/index.js", "");
    repository.book.write(".git/info/exclude", "node_modules\nbook.toml\n");
    repository.git(&["rm", "--quiet", "--cached", "book.toml"]);
    repository.git(&["commit", "--quiet", "--message", "without book.toml"]);
    refused("book.toml is not in the commit");
    repository.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    repository.publish(&[]).unwrap();
}

#[test]
fn without_a_commit_nothing_is_published_and_what_to_do_is_said() {
    let repository = Repository::new();
    fs::remove_dir_all(repository.book.path(".git")).unwrap();
    let error = repository.publish(&[]).unwrap_err();
    assert!(error.contains("publish from a clone"), "{error}");
    assert!(!repository.site.exists());
}

#[test]
fn recordings_of_another_python_are_not_published_as_compared() {
    let repository = Repository::new();
    repository
        .book
        .write("examples/v0/main.py", "# ANCHOR: listing\npass\n# ANCHOR_END: listing\n");
    let page = PAGE.replace("v0 output -->", "v0 python-output -->");
    repository.book.write("src/one.md", &page);
    let record = || {
        let options = record::Options { names: vec![], check: false };
        record::record(&repository.book.path(""), &options, &Prints).unwrap();
        repository.commit("recorded");
    };
    record();
    let error = repository.publish(&[]).unwrap_err();
    assert!(error.contains("1 failure") && error.contains("of Python 1.2"), "{error}");
    assert!(error.contains("CONTEXT_SWITCH_PYTHON=python1.2"), "{error}");
    let Some(here) = book::publish::python::version() else { return };
    let path = "src/recordings/v0.python.js";
    let kept = fs::read_to_string(repository.book.path(path)).unwrap();
    repository.book.write(path, &kept.replace("x 1.2.3", &here.replace("Python", "asyncio")));
    record();
    repository.publish(&[]).unwrap();
}

#[test]
fn tests_are_counted_however_cargo_is_told_to_speak() {
    let repository = Repository::new();
    for likes in ["quiet = true", "verbose = true", "color = \"always\""] {
        repository.book.write(".cargo/config.toml", &format!("[term]\n{likes}\n"));
        repository.commit(likes);
        repository.publish(TESTS).expect(likes);
    }
}

#[test]
fn two_builds_of_the_book_are_the_same_bytes() {
    let folders = tempfile::tempdir().unwrap();
    let [one, two] = ["one", "two"].map(|name| {
        let site = folders.path().join(name);
        book::build::render(&repository(), &site).unwrap();
        let files = files(&site);
        files
            .into_iter()
            .map(move |(path, text)| (path.strip_prefix(&site).unwrap().to_owned(), text))
    });
    let (one, two): (BTreeMap<_, _>, BTreeMap<_, _>) = (one.collect(), two.collect());
    assert!(one.len() > 100);
    for (path, text) in &one {
        assert!(two.get(path) == Some(text), "{} differs", path.display());
    }
    assert_eq!(one.len(), two.len());
}

#[test]
fn a_new_example_is_laid_down_whole_and_fresh_or_not_at_all() {
    let book = Book::new();
    book.write("README.md", "# A book\n\n<!-- counted: book -->\n\n<!-- /counted -->\n");
    book.write("examples/Cargo.toml", "[package]\nname = \"examples\"\n");
    let sources = || {
        let mut all = files(&book.path("src"));
        all.extend(files(&book.path("examples")));
        all
    };
    let before = sources();
    struct Fails;
    impl Runner for Fails {
        fn run(&self, programs: &[Program]) -> Vec<Outcome> {
            programs.iter().map(|_| Outcome::Ran(Err(anyhow::anyhow!("it failed")))).collect()
        }
    }
    for (name, runner) in
        [("greet_twice", &Fails as &dyn Runner), ("v0", &Prints), ("../x", &Prints)]
    {
        book::new::new(&book.path(""), name, runner).unwrap_err();
        assert_eq!(sources(), before, "{name}");
    }
    let written = book::new::new(&book.path(""), "greet_twice", &Prints).unwrap();
    assert_eq!(written.len(), 8, "{written:?}");
    let plan =
        Plan::make(&pages::library::Book::read(&book.path("")).unwrap(), &[], &Prints).unwrap();
    assert!(plan.changes.is_empty() && plan.errors.is_empty() && plan.recorded == 2, "{plan:?}");
    let page = fs::read_to_string(book.path("src/greet-twice.md")).unwrap();
    assert!(page.contains("[ 0.000 s] greet_twice") && !page.contains("NAME"), "{page}");
    let summary = fs::read_to_string(book.path("src/SUMMARY.md")).unwrap();
    assert!(summary.contains("- [Greet twice](greet-twice.md)"));
    assert!(
        book::new::new(&book.path(""), "greet_twice", &Prints).is_err(),
        "a name that is taken"
    );
}
