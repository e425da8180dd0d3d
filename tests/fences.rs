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
        let mut open: Option<&str> = None;
        let mut above = "";
        for (i, line) in text.lines().map(str::trim).enumerate() {
            let info = line.trim_start_matches(['`', '~']);
            let fence = &line[..line.len() - info.len()];
            match open {
                Some(opened) if info.is_empty() && fence.starts_with(opened) => open = None,
                Some(_) => {}
                None if fence.len() >= 3 => {
                    open = Some(fence);
                    let mut marks = info.split([',', ' ']).map(str::to_owned);
                    if marks.next().as_deref() == Some("rust") {
                        let place = format!("{file}:{}", i + 1);
                        fences.push(Fence { place, marks: marks.collect(), above: above.into() });
                    }
                }
                None => {}
            }
            if !line.is_empty() {
                above = line;
            }
        }
    }
    fences
}

#[test]
fn every_rust_block_is_compiled_and_run_or_says_why_not() {
    let mut faults = Vec::new();
    for Fence { place, marks, above } in fences() {
        for mark in marks {
            match mark.as_str() {
                "" | "should_panic" | "edition2024" => {}
                "no_run" if above.starts_with("<!-- no_run: ") => {}
                "no_run" => faults.push(format!(
                    "{place}: say why it is not run, above it: `<!-- no_run: because … -->`"
                )),
                // Passes for any failure, so another test has to name the error.
                "compile_fail" if above.starts_with("<!-- compile_fail: tests/") => {}
                "compile_fail" => faults.push(format!(
                    "{place}: say what checks the error: `<!-- compile_fail: tests/compile_fail/NAME.rs -->`"
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
