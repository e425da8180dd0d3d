//! The part of a program that the book shows: what stands between the comments
//! `ANCHOR: listing` and `ANCHOR_END: listing`, in Rust and in Python.

use anyhow::{Context, Result, bail, ensure};

use crate::event::Line;

/// The part of a program that a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Its text, without an empty line at either end and without a last line break.
    pub text: String,
    /// The line of the file at which it begins, from 1.
    pub first: u32,
}

impl Listing {
    /// The listing in `source`; a source without anchors is all listing.
    ///
    /// ```
    /// # use recording::listing::Listing;
    /// let source = "use timed::println;\n// ANCHOR: listing\nfn main() {}\n// ANCHOR_END: listing\n";
    /// let listing = Listing::of(source)?;
    /// assert_eq!((listing.text.as_str(), listing.first), ("fn main() {}", 3));
    /// # anyhow::Ok(())
    /// ```
    ///
    /// # Errors
    ///
    /// When an anchor is missing or stands twice, or nothing is between them.
    pub fn of(source: &str) -> Result<Self> {
        let lines: Vec<&str> = source.lines().collect();
        let begin = only(&lines, "ANCHOR: listing")?;
        let end = only(&lines, "ANCHOR_END: listing")?;
        let (from, to) = match (begin, end) {
            (Some(begin), Some(end)) if begin < end => (begin + 1, end),
            (Some(begin), _) => bail!("line {}: `ANCHOR_END: listing` does not follow", begin + 1),
            (None, Some(end)) => bail!("line {}: `ANCHOR: listing` is missing before it", end + 1),
            (None, None) => (0, lines.len()),
        };
        let shown = &lines[from..to];
        let filled = |line: &&str| !line.trim().is_empty();
        let start = shown.iter().position(filled).context("the listing is empty")?;
        let stop = shown.iter().rposition(filled).map_or(start, |last| last) + 1;
        let first = u32::try_from(from + start + 1).context("the file is too long")?;
        Ok(Listing { text: shown[start..stop].join("\n"), first })
    }

    /// How the listing counts a `line` of the file; none for a line outside it.
    pub fn line(&self, line: Line) -> Option<Line> {
        if line.file().is_some() {
            return None;
        }
        let inside = line.number().checked_sub(self.first)?;
        ((inside as usize) < self.text.lines().count()).then(|| Line::from(inside + 1))
    }
}

/// Whether a program has anything asynchronous in it, judged by its words.
///
/// ```
/// # use recording::listing::is_async;
/// assert!(is_async("async fn main() {}"));
/// assert!(is_async("runtime.block_on(future)"));
/// assert!(!is_async("fn asynchronous() {}"));
/// ```
pub fn is_async(source: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    source.split(|c| !is_word(c)).any(|word| matches!(word, "async" | "asyncio" | "block_on"))
}

/// Whether a program says of itself, in a comment `CLASS: seen`, that its
/// recording is one run of several that are possible.
///
/// ```
/// # use recording::listing::is_one_of_several;
/// assert!(is_one_of_several("# CLASS: seen\nimport asyncio"));
/// ```
pub fn is_one_of_several(source: &str) -> bool {
    source.lines().any(|line| comment(line) == Some("CLASS: seen"))
}

/// The oldest Python that a script can run on, major and minor, if its header
/// says `Needs Python 3.11.`
///
/// ```
/// # use recording::listing::needs_python;
/// let source = "\"\"\"Two tasks form a group. Needs Python 3.11.\"\"\"\nimport asyncio";
/// assert_eq!(needs_python(source), Some((3, 11)));
/// assert_eq!(needs_python("import asyncio"), None);
/// ```
pub fn needs_python(source: &str) -> Option<(u32, u32)> {
    let (_, rest) = source.lines().next()?.split_once("Needs Python ")?;
    let (major, rest) = rest.split_once('.')?;
    let minor = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// What a line says that is nothing but a comment, in Rust or in Python.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim();
    line.strip_prefix("//").or_else(|| line.strip_prefix('#')).map(str::trim)
}

/// The one line that is a comment of just `anchor`, counted from 0.
fn only(lines: &[&str], anchor: &str) -> Result<Option<usize>> {
    let mut found = None;
    for (i, line) in lines.iter().enumerate() {
        if comment(line) == Some(anchor) {
            ensure!(found.is_none(), "line {}: a second `{anchor}`", i + 1);
            found = Some(i);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_anchors_are_found_and_lines_are_those_of_the_listing() {
        let source =
            "import x\n\n# ANCHOR: listing\n\nprint(1)\n\nprint(2)\n\n# ANCHOR_END: listing\n";
        let listing = Listing::of(source).unwrap();
        assert_eq!(listing.text, "print(1)\n\nprint(2)");
        assert_eq!(listing.first, 5);
        let line = |line: u32| listing.line(line.into()).map(|line| line.number());
        assert_eq!(line(5), Some(1));
        assert_eq!(line(7), Some(3));
        assert_eq!(line(8), None);
        assert_eq!(line(1), None);
    }

    #[test]
    fn a_source_without_anchors_is_all_listing() {
        let listing = Listing::of("\nfn main() {}\n").unwrap();
        assert_eq!((listing.text.as_str(), listing.first), ("fn main() {}", 2));
    }

    #[test]
    fn an_anchor_that_is_missing_doubled_or_empty_is_named() {
        for (source, why) in [
            ("// ANCHOR: listing\nx\n", "line 1: `ANCHOR_END: listing` does not follow"),
            ("x\n// ANCHOR_END: listing\n", "line 2: `ANCHOR: listing` is missing before it"),
            ("# ANCHOR: listing\n# ANCHOR: listing\n", "line 2: a second `ANCHOR: listing`"),
            ("// ANCHOR: listing\n\n// ANCHOR_END: listing\n", "the listing is empty"),
            ("", "the listing is empty"),
        ] {
            assert_eq!(Listing::of(source).unwrap_err().to_string(), why);
        }
    }
}
