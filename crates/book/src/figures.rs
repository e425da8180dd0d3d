//! What of the book is tested, counted from its sources: the figures of the
//! page *How this book is made*, and of the manifest of a published site.
//!
//! A page shows them between `<!-- counted: book -->` and `<!-- /counted -->`;
//! `record` writes them there. Between `<!-- counted: findings -->` and its end
//! stands the recorder's own list of what it finds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pages::fences::Tested;
use pages::library::{Book, COUNTED, Chapter};
use pages::regions;
use recording::event::Language;
use recording::findings;
use serde::Serialize;

/// The page whose rows are the statements that the book checked.
const STATEMENTS: &str = "src/claims-checked.md";

/// What of a book is tested.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Rust blocks of the pages that are compiled and run.
    pub blocks_run: usize,
    /// Those that are compiled alone, for a reason that stands beside them.
    pub blocks_compiled: usize,
    /// Those that the compiler has to refuse, each with an error that is named.
    pub blocks_refused: usize,
    /// Those that nothing tests.
    pub blocks_ignored: usize,
    /// The programs in `examples/`: how many there are in each language.
    pub programs: BTreeMap<String, usize>,
    /// Those that are recorded, by language.
    pub recorded: BTreeMap<String, usize>,
    /// The rows with a verdict, by verdict.
    pub statements: BTreeMap<String, usize>,
    /// What they were recorded with: `tokio 1.54.1`, `asyncio 3.11`.
    pub runtimes: BTreeSet<String>,
}

impl Figures {
    /// Counts what the pages and the examples have. `runtime` says with what a
    /// program is recorded, if it is.
    pub fn count(book: &Book, runtime: impl Fn(&str, Language) -> Option<String>) -> Self {
        let mut figures = Figures::default();
        for page in &book.pages {
            figures.blocks(page);
            if page.path == Path::new(STATEMENTS) {
                figures.verdicts(&page.text);
            }
        }
        let recorded = book.recorded();
        for example in &book.examples {
            for language in [Language::Rust, Language::Python] {
                if example.program(language).is_none() {
                    continue;
                }
                *figures.programs.entry(language.to_string()).or_default() += 1;
                if recorded.contains(example.name.as_str()) {
                    *figures.recorded.entry(language.to_string()).or_default() += 1;
                    figures.runtimes.extend(runtime(&example.name, language));
                }
            }
        }
        figures
    }

    /// The Rust blocks of all kinds.
    pub fn all_blocks(&self) -> usize {
        self.blocks_run + self.blocks_compiled + self.blocks_refused + self.blocks_ignored
    }

    fn blocks(&mut self, page: &Chapter) {
        for (_, tested) in page.markdown().blocks() {
            let counted = match tested {
                Tested::Ignored => &mut self.blocks_ignored,
                Tested::Refused => &mut self.blocks_refused,
                Tested::Compiled => &mut self.blocks_compiled,
                Tested::Run => &mut self.blocks_run,
            };
            *counted += 1;
        }
    }

    fn verdicts(&mut self, markdown: &str) {
        for row in markdown.lines().filter(|line| line.starts_with('|')) {
            let mut cells = row.split('|').map(str::trim);
            if let Some(verdict) = cells.find(|cell| ["right", "imprecise", "wrong"].contains(cell))
            {
                *self.statements.entry(verdict.to_owned()).or_default() += 1;
            }
        }
    }

    /// The figures in markdown, a row for each.
    pub fn table(&self) -> String {
        let both = |of: &BTreeMap<String, usize>| {
            let count = |language: Language| of.get(&language.to_string()).copied().unwrap_or(0);
            format!("{} in Rust, {} in Python", count(Language::Rust), count(Language::Python))
        };
        let verdicts: Vec<String> =
            self.statements.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect();
        let statements: usize = self.statements.values().sum();
        let runtimes: Vec<&str> = self.runtimes.iter().map(String::as_str).collect();
        let mut table = "| | |\n|---|---|\n".to_owned();
        for (what, figure) in [
            ("Rust blocks on these pages", self.all_blocks().to_string()),
            ("compiled and run", self.blocks_run.to_string()),
            ("compiled, and not run for the reason beside them", self.blocks_compiled.to_string()),
            (
                "refused by the compiler with the error that the page names",
                self.blocks_refused.to_string(),
            ),
            ("ignored", self.blocks_ignored.to_string()),
            ("programs", both(&self.programs)),
            ("recorded, and compared with their pages", both(&self.recorded)),
            ("recorded with", runtimes.join(", ")),
            ("statements of the notes, checked", format!("{statements}: {}", verdicts.join(", "))),
        ] {
            table.push_str(&format!("| {what} | {figure} |\n"));
        }
        table
    }

    /// The page with these figures between its markers.
    pub fn fill(&self, page: &str) -> String {
        regions::fill_kind(COUNTED, page, |region| match region.mark.as_str() {
            "book" => Some(self.table()),
            "findings" => Some(findings::table()),
            _ => None,
        })
    }
}

/// With what a program of `book` was recorded, if it was.
pub fn kept(book: &Book) -> impl Fn(&str, Language) -> Option<String> {
    |name, language| Some(book.recording(name, language)?.header.release().to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const PAGE: &str = "\
# Page

<!-- counted: book -->

<!-- /counted -->

<!-- recorded: v5 output -->

<!-- /recorded -->

```rust
fn main() {}
```

```rust,ignore
```

- in a list

  ```rust,no_run
  ```

```rust,compile_fail,should_panic
```

````text
```rust
```
````

```rusty
```
";

    #[test]
    fn blocks_programs_and_statements_are_counted_by_kind() {
        let root = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put("README.md", "");
        put("src/a.md", PAGE);
        put(
            STATEMENTS,
            "| | says | verdict |\n|---|---|---|\n| | x | right |\n| y | wrong | z |\n| | x | right |\n",
        );
        put("examples/v5/main.rs", "");
        put("examples/v5/main.py", "");
        put("examples/v6/main.py", "");
        let book = Book::read(root.path()).unwrap();
        let runtime = |_: &str, language| {
            Some(if language == Language::Python { "x 1.2" } else { "x 1.2.3" }.to_owned())
        };
        let figures = Figures::count(&book, runtime);
        assert_eq!(
            (figures.blocks_run, figures.blocks_ignored, figures.blocks_compiled),
            (1, 1, 1)
        );
        assert_eq!((figures.blocks_refused, figures.all_blocks()), (1, 4));
        let page = book.page("src/a.md").unwrap().markdown();
        let ignored = page.blocks().find(|(_, tested)| *tested == Tested::Ignored).unwrap().0;
        assert_eq!(PAGE.lines().nth(ignored.line - 1), Some("```rust,ignore"));
        let page = figures.fill(PAGE);
        for row in [
            "| Rust blocks on these pages | 4 |",
            "| programs | 1 in Rust, 2 in Python |",
            "| recorded, and compared with their pages | 1 in Rust, 1 in Python |",
            "| recorded with | x 1.2, x 1.2.3 |",
            "| statements of the notes, checked | 3: 2 right, 1 wrong |",
        ] {
            assert!(page.contains(row), "{row}\n{page}");
        }
        assert_eq!(figures.fill(&page), page);
    }
}
