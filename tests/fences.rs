//! No Rust block of the book stays untested.

use std::fs;
use std::path::Path;

/// What skeptic made of the pages.
const TESTS: &str = include_str!(concat!(env!("OUT_DIR"), "/skeptic-tests.rs"));

/// A code fence of a page that says it is Rust.
struct Fence {
    /// The page and the line, for a message.
    place: String,
    /// What stands behind `rust`, separated by commas.
    marks: Vec<String>,
    /// The block.
    text: String,
    /// The last line above it that is not empty.
    above: String,
}

fn pages(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the folder of the pages") {
        let path = entry.expect("an entry of the folder").path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path.display().to_string());
        }
    }
}

fn fences() -> Vec<Fence> {
    let mut files = vec!["README.md".to_owned()];
    pages(Path::new("src"), &mut files);
    let mut fences = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a page");
        let mut open: Option<(&str, Option<Fence>)> = None;
        let mut above = "";
        for (i, line) in text.lines().enumerate() {
            let trimmed = line.trim();
            let info = trimmed.trim_start_matches(['`', '~']);
            let ticks = &trimmed[..trimmed.len() - info.len()];
            match &mut open {
                Some((opened, rust)) if info.is_empty() && ticks.starts_with(*opened) => {
                    fences.extend(rust.take());
                    open = None;
                }
                Some((_, Some(rust))) => rust.text.push_str(&format!("{line}\n")),
                Some((_, None)) => {}
                None if ticks.len() >= 3 => {
                    let mut marks = info.split([',', ' ']).map(str::to_owned);
                    let rust = marks.next().is_some_and(|language| language == "rust");
                    let place = format!("{file}:{}", i + 1);
                    let text = String::new();
                    let fence =
                        Fence { place, marks: marks.collect(), text, above: above.to_owned() };
                    open = Some((ticks, rust.then_some(fence)));
                }
                None => {}
            }
            if !trimmed.is_empty() {
                above = trimmed;
            }
        }
    }
    fences
}

/// The programs that must not compile, and are tested not to.
fn refused() -> Vec<String> {
    let entries = fs::read_dir("tests/compile_fail").expect("the folder of these programs");
    let paths = entries.map(|entry| entry.expect("an entry of the folder").path());
    let rust = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| fs::read_to_string(path).expect("a program")).collect()
}

#[test]
fn every_rust_block_is_compiled_and_run_or_says_why_not() {
    let mut faults = Vec::new();
    let refused = refused();
    for Fence { place, marks, text, above } in fences() {
        for mark in marks {
            match mark.as_str() {
                "" | "should_panic" | "edition2024" => {}
                "no_run" if above.starts_with("<!-- no_run: ") => {}
                "no_run" => faults.push(format!(
                    "{place}: say why it is not run, above it: `<!-- no_run: because … -->`"
                )),
                // Passes for any error; the one that the page names is tested there.
                "compile_fail" if refused.contains(&text) => {}
                "compile_fail" => faults.push(format!(
                    "{place}: this is none of the programs in tests/compile_fail, letter by letter"
                )),
                mark => faults.push(format!("{place}: `{mark}` is not used in this book")),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn skeptic_has_a_test_for_every_rust_block() {
    assert_eq!(TESTS.matches("#[test]").count(), fences().len());
}
