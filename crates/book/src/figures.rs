//! What of the book is tested, counted from its sources: the figures of the
//! page *How this book is made*, and of the manifest of a published site.
//!
//! A page shows them between `<!-- counted: book -->` and `<!-- /counted -->`;
//! `record` writes them there. Between `<!-- counted: findings -->` and its end
//! stands the recorder's own list of what it finds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use pages::regions;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use recording::event::Language;
use recording::findings;
use serde::Serialize;

use crate::chapters::{COUNTED, Chapters};
use crate::examples;

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

/// What is tested of a Rust block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tested {
    /// That it compiles, and runs without a panic.
    Run,
    /// That it compiles.
    Compiled,
    /// That the compiler refuses it.
    Refused,
    /// Nothing.
    Ignored,
}

/// The Rust blocks of a page: the line of each, from 1, and what is tested of it.
pub fn blocks(markdown: &str) -> Vec<(usize, Tested)> {
    let mut blocks = Vec::new();
    for (event, place) in Parser::new(markdown).into_offset_iter() {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else { continue };
        let mut marks = info.split([',', ' ']);
        if marks.next() != Some("rust") {
            continue;
        }
        let marks: BTreeSet<&str> = marks.collect();
        let tested = match () {
            () if marks.contains("ignore") => Tested::Ignored,
            () if marks.contains("compile_fail") => Tested::Refused,
            () if marks.contains("no_run") => Tested::Compiled,
            () => Tested::Run,
        };
        let above = &markdown[..place.start];
        blocks.push((above.matches('\n').count() + 1, tested));
    }
    blocks
}

impl Figures {
    /// Counts what the pages and the examples have. `runtime` says with what a
    /// program is recorded, if it is.
    ///
    /// # Errors
    ///
    /// When `examples/` cannot be read.
    pub fn count(
        root: &Path,
        chapters: &Chapters,
        runtime: impl Fn(&str, Language) -> Option<String>,
    ) -> Result<Self> {
        let mut figures = Figures::default();
        for page in &chapters.pages {
            figures.blocks(&page.text);
            if page.path == Path::new(STATEMENTS) {
                figures.verdicts(&page.text);
            }
        }
        let recorded = chapters.recorded();
        for name in examples::names(root)? {
            for language in [Language::Rust, Language::Python] {
                if !examples::program(root, &name, language).path.is_file() {
                    continue;
                }
                *figures.programs.entry(language.to_string()).or_default() += 1;
                if recorded.contains(name.as_str()) {
                    *figures.recorded.entry(language.to_string()).or_default() += 1;
                    figures.runtimes.extend(runtime(&name, language));
                }
            }
        }
        Ok(figures)
    }

    /// The Rust blocks of all kinds.
    pub fn all_blocks(&self) -> usize {
        self.blocks_run + self.blocks_compiled + self.blocks_refused + self.blocks_ignored
    }

    fn blocks(&mut self, markdown: &str) {
        for (_, tested) in blocks(markdown) {
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

/// What recordings say of their runtime, without what differs from one machine
/// to the next: `asyncio 3.11` of `asyncio 3.11.7`.
pub fn runtime(name: &str, language: Language) -> String {
    match (language, name.rsplit_once('.')) {
        (Language::Python, Some((minor, _))) => minor.to_owned(),
        _ => name.to_owned(),
    }
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
        let chapters = Chapters::read(root.path()).unwrap();
        let runtime = |_: &str, language| Some(runtime("x 1.2.3", language));
        let figures = Figures::count(root.path(), &chapters, runtime).unwrap();
        assert_eq!(
            (figures.blocks_run, figures.blocks_ignored, figures.blocks_compiled),
            (1, 1, 1)
        );
        assert_eq!((figures.blocks_refused, figures.all_blocks()), (1, 4));
        let ignored = blocks(PAGE).into_iter().find(|(_, tested)| *tested == Tested::Ignored);
        assert_eq!(
            ignored.map(|(line, _)| PAGE.lines().nth(line - 1)),
            Some(Some("```rust,ignore"))
        );
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
