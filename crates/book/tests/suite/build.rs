//! `cargo run -- build`: a whole site, or the one that was there.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::book::{Book, repository};
use crate::support::reader::command;

fn build(book: &Book, dest: &Path) -> Output {
    command(&book.path("")).args(["build", "--dest-dir"]).arg(dest).output().unwrap()
}

#[track_caller]
fn refused(output: &Output, because: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains(because), "{said}");
    assert!(output.stdout.is_empty());
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_build_replaces_the_one_before_it() {
    let book = Book::new();
    let dest = book.path("out/site");
    assert!(build(&book, &dest).status.success());
    assert!(dest.join("one.html").is_file() && dest.join("deep/two.html").is_file());
    book.write("out/site/stale.html", "a page of a chapter that is no more");
    assert!(build(&book, &dest).status.success());
    assert!(!dest.join("stale.html").exists());
    assert_eq!(names(&book.path("out")), ["site"], "nothing beside it");
}

#[test]
fn the_built_pages_do_not_listen_for_news() {
    let book = Book::new();
    assert!(build(&book, &book.path("site")).status.success());
    let page = fs::read_to_string(book.path("site/one.html")).unwrap();
    assert!(page.contains("The first page.") && !page.contains("/-/"));
}

#[test]
fn a_failed_build_leaves_the_site_as_it_was() {
    let book = Book::new();
    let dest = book.path("site");
    assert!(build(&book, &dest).status.success());
    let before = names(&dest);
    for (file, text, because) in [
        ("src/SUMMARY.md", "- [Gone](gone.md)\n", "gone.md"),
        ("src/one.md", "{{#include nowhere.rs}}\n", "nowhere.rs"),
        ("book.toml", "[book\n", "book.toml"),
    ] {
        let was = fs::read_to_string(book.path(file)).unwrap();
        book.write(file, text);
        refused(&build(&book, &dest), because);
        assert_eq!(names(&dest), before, "{file}");
        book.write(file, &was);
    }
    fs::write(book.path("src/one.md"), b"# One\n\n\xff\xfe\n").unwrap();
    refused(&build(&book, &dest), "one.md");
    assert_eq!(names(&dest), before);
}

#[test]
fn a_folder_that_is_no_site_is_never_touched() {
    let book = Book::new();
    book.write("mine/letter.txt", "dear reader");
    book.write("file", "not a folder");
    refused(&build(&book, &book.path("mine")), "no build put there");
    assert_eq!(names(&book.path("mine")), ["letter.txt"]);
    refused(&build(&book, &book.path("file")), "not a folder");
    refused(&build(&book, &book.path("file/below")), "file");
    refused(&build(&book, &book.path("")), "sources");
    refused(&build(&book, &book.path("src/site")), "sources");
    assert!(!book.path("src/site").exists());
}

#[test]
fn a_folder_of_the_sources_is_refused_by_whatever_path_it_is_named() {
    let book = Book::new();
    book.write("crates/lib.rs", "");
    for path in ["../src/site", "../src/new/../site", "../theme/site", "../crates/site", ".."] {
        let mut command = command(&book.path("crates"));
        refused(&command.args(["build", "--dest-dir", path]).output().unwrap(), "sources");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(book.path("src"), book.path("link")).unwrap();
        refused(&build(&book, &book.path("link/site")), "sources");
    }
    assert!(!book.path("src/site").exists());
}

#[test]
fn a_site_that_is_kept_in_git_and_one_of_another_book_are_never_touched() {
    let book = Book::new();
    let dest = book.path("site");
    assert!(build(&book, &dest).status.success());
    book.write("site/.git/HEAD", "ref: refs/heads/main\n");
    refused(&build(&book, &dest), "git repository");
    assert!(dest.join(".git/HEAD").is_file());
    book.write("other/.nojekyll", "");
    book.write("other/index.html", "another book");
    refused(&build(&book, &book.path("other")), "no build put there");
    assert!(book.path("other/index.html").is_file());
}

#[test]
fn outside_of_a_book_it_says_where_to_go() {
    let nowhere = tempfile::tempdir().unwrap();
    let output =
        command(nowhere.path()).arg("build").env_remove("CARGO_MANIFEST_DIR").output().unwrap();
    refused(&output, "inside the repository");
}

/// Cargo runs none if two packages name one.
#[test]
fn a_plain_cargo_run_has_one_command_to_run() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--locked", "--format-version", "1"])
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let run: Vec<&serde_json::Value> = (told["packages"].as_array().unwrap().iter())
        .filter(|it| told["workspace_default_members"].as_array().unwrap().contains(&it["id"]))
        .filter_map(|package| package.get("default_run").filter(|run| !run.is_null()))
        .collect();
    assert_eq!(run, ["book"]);
}
