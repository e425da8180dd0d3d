//! Every row of the phrasebook leads to a program that says it, in both
//! languages, on the page that the row links to.

use std::fs;
use std::path::Path;

#[test]
fn each_row_names_a_pair_of_programs_that_its_page_shows() {
    let phrasebook = fs::read_to_string("src/phrasebook.md").expect("the phrasebook");
    let rows: Vec<&str> = phrasebook
        .lines()
        .filter(|line| line.starts_with('|') && !line.contains("|---") && !line.contains("said in"))
        .collect();
    assert!(rows.len() > 40, "only {} rows: were they found at all?", rows.len());
    for row in rows {
        let (name, page) = said_in(row).unwrap_or_else(|| panic!("no link to a program: {row}"));
        for program in ["main.rs", "main.py"] {
            let path = Path::new("examples").join(name).join(program);
            assert!(path.is_file(), "{row}\nhas no {}", path.display());
        }
        let text = fs::read_to_string(Path::new("src").join(page)).expect(page);
        assert!(
            text.contains(&format!("<!-- recorded: {name} ")),
            "{row}\n{page} does not show it"
        );
    }
}

/// The program and the page of a row's last cell: ``[`v5`](main-finishes-first.md)``.
fn said_in(row: &str) -> Option<(&str, &str)> {
    let cell = row.trim_end_matches(['|', ' ']).rsplit("| ").next()?;
    cell.strip_prefix("[`")?.strip_suffix(')')?.split_once("`](")
}
