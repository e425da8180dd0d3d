//! The examples as a whole: each is complete and says how to run it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pages::library::{Book, Example};
use recording::event::Language;

/// All examples.
fn all() -> Vec<Example> {
    Book::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the book").examples
}

#[test]
fn each_example_has_two_programs_each_with_its_listing() {
    let mut faults = Vec::new();
    for example in all() {
        for (language, comment) in [(Language::Rust, "//"), (Language::Python, "#")] {
            let text = example.program(language).map_or("", |program| program.text().unwrap());
            let once = |line: String| text.lines().filter(|found| *found == line).count() == 1;
            if !once(format!("{comment} ANCHOR: listing"))
                || !once(format!("{comment} ANCHOR_END: listing"))
            {
                faults.push(format!("{} in {language}: no listing between anchors", example.name));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn each_example_says_the_command_that_runs_it() {
    let mut faults = Vec::new();
    for example in all() {
        let text = example.program(Language::Rust).map_or("", |program| program.text().unwrap());
        let head: Vec<&str> = text.lines().take_while(|line| line.starts_with("//! ")).collect();
        if !head.join("\n").contains(&format!("`cargo run --example {}`", example.name)) {
            faults.push(format!("{}: the header names another command", example.name));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn each_folder_is_an_example_that_cargo_knows() {
    let manifest = fs::read_to_string("examples/Cargo.toml").expect("the examples' manifest");
    let known: BTreeSet<String> = manifest
        .split("[[example]]\n")
        .skip(1)
        .map(|entry| {
            let name = entry.split('"').nth(1).expect("an example has a name");
            assert_eq!(entry.trim(), format!("name = \"{name}\"\npath = \"{name}/main.rs\""));
            name.to_owned()
        })
        .collect();
    let entries = fs::read_dir("examples").expect("the folder of the examples");
    let folders = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    let folders = folders.map(|path| path.file_name().expect("a name").to_string_lossy().into());
    assert_eq!(known, folders.collect());
    assert_eq!(known, all().into_iter().map(|example| example.name).collect());
}
