//! No Rust block of the book stays untested, and no block is one that the tools
//! leave out, or take for another, without a word.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pages::fences::{self, Fence, Within};
use pages::library::Book;

/// What skeptic made of the pages.
const TESTS: &str = include_str!(concat!(env!("OUT_DIR"), "/skeptic-tests.rs"));

/// What a fence may begin with. skeptic and mdbook-mermaid know one spelling each,
/// and show `rs`, `Rust` or `Mermaid` as it is.
const LANGUAGES: [&str; 5] = ["rust", "python", "mermaid", "text", "sh"];

/// What is wrong with a fence; `refused` are the programs that must not compile,
/// and are tested not to.
fn wrong(fence: &Fence, refused: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    let Fence { language, marks, text, above, within, .. } = fence;
    if !LANGUAGES.contains(&language.as_str()) {
        faults.push(format!("`{language}` is none of {}", LANGUAGES.join(", ")));
    }
    let made = ["rust", "mermaid"].contains(&language.as_str());
    if made && text.trim().is_empty() {
        // Each takes the block before it once more.
        faults.push(format!("an empty block of {language}"));
    }
    if within.contains(&Within::Definition) {
        faults.push("in a definition it is left out, and so is the next one".to_owned());
    }
    if made && within.contains(&Within::Footnote) {
        faults.push("in a footnote it is left out".to_owned());
    }
    if language == "mermaid" && within.iter().any(|it| [Within::Quote, Within::Item].contains(it)) {
        faults.push("a diagram in a quote or a list".to_owned());
    }
    let is_tested = marks.iter().any(|mark| mark == "compile_fail") && refused.contains(text);
    for mark in marks {
        match (language.as_str(), mark.as_str()) {
            ("rust", "no_run") if above.starts_with("<!-- no_run: ") => {}
            ("rust", "no_run") => faults
                .push("say why it is not run, above it: `<!-- no_run: because … -->`".to_owned()),
            // skeptic passes both for any error; the one that the page names is
            // tested in tests/compile_fail.
            ("rust", "compile_fail" | "should_panic") if is_tested => {}
            ("rust", "compile_fail" | "should_panic") => faults.push(format!(
                "`{mark}`: this is none of the programs in tests/compile_fail, letter by letter"
            )),
            // skeptic takes any word `rust` in it, and mdbook-mermaid takes no words.
            (_, mark) => faults.push(format!("`{mark}` is not used in this book")),
        }
    }
    faults
}

/// All that is wrong with a page, each with its line, and how many Rust blocks it has.
fn check(text: &str, refused: &[String]) -> (Vec<String>, usize) {
    let page = fences::read(text);
    let mut faults: Vec<String> =
        page.faults.iter().map(|(line, fault)| format!("{line}: {fault}")).collect();
    if text.contains('\r') {
        faults.push("1: lines end in CRLF, which skeptic doubles".to_owned());
    }
    for fence in &page.fences {
        let wrong = wrong(fence, refused);
        faults.extend(wrong.into_iter().map(|fault| format!("{}: {fault}", fence.line)));
    }
    (faults, page.blocks().count())
}

/// What is wrong with the names of pages that have Rust blocks: skeptic makes
/// functions of their stems.
fn names<'a>(pages: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut stems: BTreeMap<String, &str> = BTreeMap::new();
    let mut faults = Vec::new();
    for page in pages {
        let stem = Path::new(page).file_stem().expect("a page's name").to_string_lossy();
        if stem.starts_with(|c: char| c.is_ascii_digit()) {
            faults.push(format!("{page}: begins with a digit, as no function does"));
        }
        if let Some(other) = stems.insert(stem.to_lowercase().replace('-', "_"), page) {
            faults.push(format!("{page}: is called like {other}, and so are its tests"));
        }
    }
    faults
}

/// The book, with the README.
fn book() -> Book {
    Book::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the book")
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
    let (refused, book) = (refused(), book());
    let mut faults = Vec::new();
    let mut with_blocks = Vec::new();
    for page in &book.pages {
        let (wrong, blocks) = check(&page.text, &refused);
        let file = page.path.display().to_string();
        faults.extend(wrong.into_iter().map(|fault| format!("{file}:{fault}")));
        with_blocks.extend((blocks > 0).then_some(file));
    }
    faults.extend(names(with_blocks.iter().map(String::as_str)));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn skeptic_has_a_test_for_every_rust_block() {
    let blocks: usize = book().pages.iter().map(|page| check(&page.text, &[]).1).sum();
    assert!(blocks > 100, "only {blocks} blocks: were they found at all?");
    assert_eq!(TESTS.matches("#[test]").count(), blocks);
}

#[test]
fn what_the_tools_leave_out_or_take_wrongly_is_refused() {
    let refused = ["fn main() { no }\n".to_owned()];
    for (page, fault) in [
        // What is well.
        ("```rust\nfn main() {}\n```\n", ""),
        ("- item\n\n  ```rust\n  fn main() {}\n  ```\n", ""),
        ("<!-- no_run: it waits -->\n\n```rust,no_run\nfn main() {}\n```\n", ""),
        ("```rust,compile_fail,should_panic\nfn main() { no }\n```\n", ""),
        ("```mermaid\nsequenceDiagram\n```\n", ""),
        ("````text\n```rs\n```\n: no definition\n````\n", ""),
        ("Half past 12: no definition\n", ""),
        ("<!-- definitions -->\n\nTerm\n: what it is\n", ""),
        // What is not.
        ("```\nx\n```\n", "1: `` is none of"),
        ("\n```rs\nfn main() {}\n```\n", "2: `rs` is none of"),
        ("```Rust\nfn main() {}\n```\n", "1: `Rust` is none of"),
        ("```rust-script\nfn main() {}\n```\n", "1: `rust-script` is none of"),
        ("```{.rust}\nfn main() {}\n```\n", "1: `{.rust}` is none of"),
        ("Words\n\n    fn main() {}\n", "3: indented code"),
        ("Term\n: what it is\n", "2: a line that begins with a colon"),
        ("Term\n: ```rust\n  fn main() {}\n  ```\n", "2: in a definition"),
        ("x[^1]\n\n[^1]: y\n\n    ```rust\n    fn main() {}\n    ```\n", "5: in a footnote"),
        ("```rust,should_panic\nfn main() { panic!() }\n```\n", "1: `should_panic`: this is none"),
        ("```rust,should_panic\nfn main() { no }\n```\n", "1: `should_panic`: this is none"),
        ("```rust,compile_fail\nfn main() { maybe }\n```\n", "1: `compile_fail`: this is none"),
        ("```rust,no_run\nfn main() {}\n```\n", "1: say why it is not run"),
        ("```rust,ignore\nfn main() {}\n```\n", "1: `ignore` is not used"),
        ("```rust,edition2024\nfn main() {}\n```\n", "1: `edition2024` is not used"),
        ("> ```mermaid\n> sequenceDiagram\n> ```\n", "1: a diagram in a quote"),
        ("- x\n\n  ```mermaid\n  sequenceDiagram\n  ```\n", "3: a diagram in a quote"),
        ("```mermaid,x\nsequenceDiagram\n```\n", "1: `x` is not used"),
        ("```Mermaid\nsequenceDiagram\n```\n", "1: `Mermaid` is none of"),
        ("```mermaid\n```\n", "1: an empty block of mermaid"),
        ("```rust\n\n```\n", "1: an empty block of rust"),
        ("```text title=\"the rust way\"\nx\n```\n", "1: `title=\"the` is not used"),
        ("```text,title=rust\nx\n```\n", "1: `title=rust` is not used"),
        ("One\n[two][nowhere]\n", "2: [nowhere] leads nowhere"),
        ("One\r\n", "1: lines end in CRLF"),
    ] {
        let faults = check(page, &refused).0;
        match fault {
            "" => assert!(faults.is_empty(), "{page}{faults:?}"),
            fault => assert!(faults.iter().any(|it| it.starts_with(fault)), "{page}{faults:?}"),
        }
    }
}

#[test]
fn pages_whose_names_make_no_functions_are_refused() {
    assert!(names(["src/a.md", "README.md", "src/cost/b.md"].into_iter()).is_empty());
    assert_eq!(names(["src/01-start.md"].into_iter()).len(), 1);
    assert_eq!(names(["src/a/index.md", "src/b/index.md"].into_iter()).len(), 1);
    assert_eq!(names(["src/two-words.md", "src/two_words.md"].into_iter()).len(), 1);
}

#[test]
fn every_page_is_in_the_summary() {
    let book = book();
    let listed = book.order();
    // mdBook shows the last one for an address that does not exist.
    let apart = ["README.md", "SUMMARY.md", "404.md"].map(Path::new);
    let missing: Vec<&Path> = book
        .pages
        .iter()
        .map(|page| page.name())
        .filter(|name| !apart.contains(name) && !listed.iter().any(|one| Path::new(one) == *name))
        .collect();
    assert!(missing.is_empty(), "not in src/SUMMARY.md: {missing:?}");
}
