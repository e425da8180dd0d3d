//! The examples as a whole: each is complete and says how to run it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The names of the folders in `examples/` that hold a program.
fn names() -> BTreeSet<String> {
    let entries = fs::read_dir("examples").expect("the folder of the examples");
    let paths = entries.map(|entry| entry.expect("an entry of the folder").path());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    paths.filter(|path| path.is_dir()).map(|path| name(&path)).collect()
}

#[test]
fn each_example_has_two_programs_each_with_its_listing() {
    let mut faults = Vec::new();
    for name in names() {
        for (file, comment) in [("main.rs", "//"), ("main.py", "#")] {
            let path = Path::new("examples").join(&name).join(file);
            let text = fs::read_to_string(&path).unwrap_or_default();
            let once = |line: String| text.lines().filter(|found| *found == line).count() == 1;
            if !once(format!("{comment} ANCHOR: listing"))
                || !once(format!("{comment} ANCHOR_END: listing"))
            {
                faults.push(format!("{}: no listing between anchors", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn each_example_says_the_command_that_runs_it() {
    let mut faults = Vec::new();
    for name in names() {
        let path = Path::new("examples").join(&name).join("main.rs");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let head: Vec<&str> = text.lines().take_while(|line| line.starts_with("//! ")).collect();
        if !head.join("\n").contains(&format!("`cargo run --example {name}`")) {
            faults.push(format!("{}: the header names another command", path.display()));
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
    assert_eq!(known, names());
}
