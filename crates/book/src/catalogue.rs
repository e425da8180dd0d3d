//! The table of all examples: what happens in each, where the book shows it,
//! and how long its runs are.

use std::path::Path;

use anyhow::Result;
use pages::library::{Book, Chapter};
use pages::regions::View;
use recording::event::Language;

/// The first two lines of the table.
const HEAD: &str = "\
| example | what happens | page | tokio: time, switches | asyncio |
|---|---|---|---|---|
";

/// The table in markdown, a row for each example, for a page in `src/`.
///
/// `facts` says what is known of a run: its time, its switches, and more. Of the
/// examples that are not recorded it knows nothing.
///
/// # Errors
///
/// When a program cannot be read.
pub fn table(book: &Book, facts: impl Fn(&str, Language) -> Option<Vec<String>>) -> Result<String> {
    let order = book.order();
    let mut table = HEAD.to_owned();
    for example in &book.examples {
        let name = &example.name;
        let idea = example.idea()?.replace('|', "\\|");
        let page = page(book, &order, name).map_or_else(String::new, |page| {
            format!("[{}]({})", title(&page.text), page.name().display())
        });
        // Time and switches alone.
        let short = |mut facts: Vec<String>| {
            facts.truncate(2);
            facts.join(", ")
        };
        let run = |language| facts(name, language).map_or("timed".to_owned(), short);
        let (tokio, asyncio) = (run(Language::Rust), run(Language::Python));
        table.push_str(&format!("| `{name}` | {idea} | {page} | {tokio} | {asyncio} |\n"));
    }
    Ok(table)
}

/// The page that shows an example: the first in the order of the book that has
/// its listing; or else anything of it.
fn page<'a>(book: &'a Book, order: &[&str], name: &str) -> Option<&'a Chapter> {
    let place = |page: &Chapter| {
        let is_it = |listed: &&str| Path::new(listed) == page.name();
        order.iter().position(is_it).unwrap_or(usize::MAX)
    };
    let lists = |page: &Chapter| {
        let marks = page.regions.iter().map(|region| &region.mark);
        marks.filter(|mark| mark.example == name).map(|mark| mark.view == View::Listing).max()
    };
    let shows = book.pages.iter().filter_map(|page| Some((lists(page)?, page)));
    shows.min_by_key(|(lists, page)| (!lists, place(page))).map(|(_, page)| page)
}

/// A page's first heading.
fn title(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("untitled")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_row_says_what_happens_where_it_is_shown_and_what_it_takes() {
        let root = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let shows = |view: &str| format!("<!-- recorded: v5 {view} -->\n\n<!-- /recorded -->\n");
        put("README.md", "");
        put("src/SUMMARY.md", "- [B](b.md)\n- [A](a.md)\n");
        put("src/a.md", &format!("# First\n\n{}", shows("listing")));
        put("src/b.md", &format!("# Second\n\n{}\n{}", shows("listing"), shows("facts")));
        put("src/c.md", &format!("# Third\n\n{}", shows("output")));
        put("examples/v5/main.rs", "//! One | two\n//! three.\n//! Watch it: `x`\nfn main() {}\n");
        put("examples/v6/main.py", "pass\n");
        let facts = |name: &str, language| match (name, language) {
            ("v5", Language::Rust) => {
                Some(["1 s", "3 polls", "2 tasks"].map(str::to_owned).to_vec())
            }
            _ => None,
        };
        let table = table(&Book::read(root.path()).unwrap(), facts).unwrap();
        let rows: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "| `v5` | One \\| two three. | [Second](b.md) | 1 s, 3 polls | timed |",
                "| `v6` |  |  | timed | timed |",
            ]
        );
    }
}
