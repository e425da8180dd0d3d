//! Every row of the phrasebook leads to a program that says it, in both
//! languages, on the page that the row links to.

use std::path::Path;

use pages::library::Book;
use recording::event::Language;

#[test]
fn each_row_names_a_pair_of_programs_that_its_page_shows() {
    let book = Book::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the book");
    let phrasebook = &book.page("src/phrasebook.md").expect("the phrasebook").text;
    let rows: Vec<&str> = phrasebook
        .lines()
        .filter(|line| line.starts_with('|') && !line.contains("|---") && !line.contains("said in"))
        .collect();
    assert!(rows.len() > 40, "only {} rows: were they found at all?", rows.len());
    for row in rows {
        let (name, page) = said_in(row).unwrap_or_else(|| panic!("no link to a program: {row}"));
        let example = book.example(name).unwrap_or_else(|| panic!("{row}\nthere is no {name}"));
        for language in [Language::Rust, Language::Python] {
            assert!(example.program(language).is_some(), "{row}\nis not there in {language}");
        }
        let page = book.page(&format!("src/{page}")).expect(page);
        let shows = page.regions.iter().any(|region| region.mark.example == name);
        assert!(shows, "{row}\n{} does not show it", page.path.display());
    }
}

/// The program and the page of a row's last cell: ``[`v5`](main-finishes-first.md)``.
fn said_in(row: &str) -> Option<(&str, &str)> {
    let cell = row.trim_end_matches(['|', ' ']).rsplit("| ").next()?;
    cell.strip_prefix("[`")?.strip_suffix(')')?.split_once("`](")
}
