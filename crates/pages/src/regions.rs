//! The marked regions of a chapter: blocks that are views of a recording.
//!
//! ````text
//! <!-- recorded: v5 output -->
//!
//! ```text
//! [ 0.000 s] Hello
//! ```
//!
//! <!-- /recorded -->
//! ````
//!
//! A marker stands at the start of a line of its own, with an empty line around
//! the region; what is between the two is rewritten, whatever it was. Markers in
//! a code fence or in a code span are text.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context, Error, Result, ensure};

use draw::{self, Scene};
use recording::event::Language;
use recording::findings::findings;
use recording::listing::Listing;
use recording::session::Ending;

/// The words for the views, as [`Mark`] reads them.
const VIEWS: &str = "listing, output, diagram, facts, findings, orders, seen, and the same after `python-`; orders-on-workers, seen-on-workers, python-orders-with-jitter; and `all examples`";

/// What of a run a region shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// The program.
    Listing,
    /// What it printed, with the times.
    Output,
    /// The sequence diagram.
    Diagram,
    /// The run in one line.
    Facts,
    /// What is wrong with the run.
    Findings,
    /// Not of one run: what it prints in every order that it can have.
    Orders,
    /// The same in the wider model: a program of one thread on several, sleeps that
    /// take longer.
    WideOrders,
    /// Not of one run: what it printed in many runs on this machine, and how often.
    Seen,
    /// The same of a program on several workers.
    SeenOnWorkers,
    /// Not of one run: the table of all examples, `all examples`.
    Table,
}

/// What a region asks for: `v5 python-diagram`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The example's name.
    pub example: String,
    /// Which of its two programs.
    pub language: Language,
    /// What of its run.
    pub view: View,
    /// Whether the page asks in front of it what it will do, `v5 listing asks`: then it
    /// is a puzzle, and what tells the answer is veiled.
    pub asks: bool,
}

impl FromStr for Mark {
    type Err = Error;

    fn from_str(mark: &str) -> Result<Self> {
        let (example, view) = mark
            .split_once(char::is_whitespace)
            .context("a marker names an example and a view: `<!-- recorded: v5 diagram -->`")?;
        let view = view.trim();
        let (view, asks) = view.strip_suffix(" asks").map_or((view, false), |view| (view, true));
        let (language, shown) = match view.strip_prefix("python-") {
            Some(shown) => (Language::Python, shown),
            None => (Language::Rust, view),
        };
        let view = match shown {
            "examples" if example == "all" && language == Language::Rust => View::Table,
            "listing" => View::Listing,
            "output" => View::Output,
            "diagram" => View::Diagram,
            "facts" => View::Facts,
            "findings" => View::Findings,
            "orders" => View::Orders,
            "orders-on-workers" if language == Language::Rust => View::WideOrders,
            "orders-with-jitter" if language == Language::Python => View::WideOrders,
            "seen" => View::Seen,
            "seen-on-workers" if language == Language::Rust => View::SeenOnWorkers,
            _ => anyhow::bail!("there is no view `{view}`: there are {VIEWS}"),
        };
        ensure!(
            !asks || view == View::Listing,
            "only a listing asks: `<!-- recorded: v5 listing asks -->`"
        );
        let plain = |c: char| c.is_alphanumeric() || c == '_';
        ensure!(
            !example.is_empty() && example.chars().all(plain),
            "`{example}` is no name of an example"
        );
        Ok(Mark { example: example.to_owned(), language, view, asks })
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let language = if self.language == Language::Python { "python-" } else { "" };
        let view = match self.view {
            View::Listing => "listing",
            View::Output => "output",
            View::Diagram => "diagram",
            View::Facts => "facts",
            View::Findings => "findings",
            View::Orders => "orders",
            View::WideOrders if self.language == Language::Rust => "orders-on-workers",
            View::WideOrders => "orders-with-jitter",
            View::Seen => "seen",
            View::SeenOnWorkers => "seen-on-workers",
            View::Table => "examples",
        };
        let asks = if self.asks { " asks" } else { "" };
        write!(f, "{} {language}{view}{asks}", self.example)
    }
}

/// A region of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// What it asks for.
    pub mark: Mark,
    /// The line of its first marker, from 1.
    pub line: usize,
    /// The bytes of the chapter between the lines of its markers.
    pub body: Range<usize>,
}

/// Something that a marker has wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to write instead.
    pub why: String,
}

/// A region of any kind: what it shows is for others to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// What its first marker says behind the kind.
    pub mark: String,
    /// The line of its first marker, from 1.
    pub line: usize,
    /// The bytes of the chapter between the lines of its markers.
    pub body: Range<usize>,
}

/// Finds all regions of a chapter, and all that is wrong with its markers.
pub fn parse(chapter: &str) -> (Vec<Region>, Vec<Problem>) {
    let (marked, mut problems) = parse_kind("recorded", chapter);
    let mut regions = vec![];
    for Marked { mark, line, body } in marked {
        match mark.parse() {
            Ok(mark) => regions.push(Region { mark, line, body }),
            Err(error) => problems.push(Problem { line, why: format!("{error:#}") }),
        }
    }
    problems.sort_by_key(|problem| problem.line);
    (regions, problems)
}

/// Finds the regions between `<!-- KIND: … -->` and `<!-- /KIND -->`, and all that
/// is wrong with these markers.
///
/// ```
/// # use pages::regions::parse_kind;
/// let chapter = "<!-- measured: echo plot -->\n\n<!-- /measured -->\n";
/// let (regions, problems) = parse_kind("measured", chapter);
/// assert_eq!(regions[0].mark, "echo plot");
/// assert!(problems.is_empty());
/// ```
pub fn parse_kind(kind: &'static str, chapter: &str) -> (Vec<Marked>, Vec<Problem>) {
    let mut parser = Parser::new(kind);
    let mut start = 0;
    for (i, line) in chapter.split_inclusive('\n').enumerate() {
        parser.line(i + 1, line, start..start + line.len());
        start += line.len();
    }
    parser.finish();
    (parser.regions, parser.problems)
}

/// The chapter with new contents: `content` says what a region shows, with a
/// line break at its end, or none to leave the region as it is.
///
/// ```
/// # use pages::regions::fill;
/// let chapter = "<!-- recorded: v5 facts -->\nold\n<!-- /recorded -->\n";
/// assert_eq!(
///     fill(chapter, |_| Some("1 s · 3 polls\n".to_owned())),
///     "<!-- recorded: v5 facts -->\n\n1 s · 3 polls\n\n<!-- /recorded -->\n"
/// );
/// ```
pub fn fill(chapter: &str, mut content: impl FnMut(&Region) -> Option<String>) -> String {
    let regions = parse(chapter).0;
    let contents = regions.iter().map(|region| (region.body.clone(), content(region)));
    replace(chapter, contents)
}

/// As [`fill`], for the regions of a `kind`.
pub fn fill_kind(
    kind: &'static str,
    chapter: &str,
    mut content: impl FnMut(&Marked) -> Option<String>,
) -> String {
    let regions = parse_kind(kind, chapter).0;
    let contents = regions.iter().map(|region| (region.body.clone(), content(region)));
    replace(chapter, contents)
}

/// The chapter with new contents in the ranges that have one.
fn replace(
    chapter: &str,
    contents: impl Iterator<Item = (Range<usize>, Option<String>)>,
) -> String {
    let end = if chapter.contains("\r\n") { "\r\n" } else { "\n" };
    let mut filled = String::with_capacity(chapter.len());
    let mut done = 0;
    for (body, content) in contents {
        if let Some(content) = content {
            filled.push_str(&chapter[done..body.start]);
            for line in format!("\n{content}\n").lines() {
                filled.push_str(line);
                filled.push_str(end);
            }
            done = body.end;
        }
    }
    filled.push_str(&chapter[done..]);
    filled
}

/// A listing in markdown, with a line break at its end.
pub fn listing(language: Language, listing: &Listing) -> String {
    fence(&language.to_string(), &listing.text)
}

/// A view of a run in markdown, with a line break at its end.
///
/// # Panics
///
/// For [`View::Listing`] of a scene without a listing, and for what is no view of one
/// run.
pub fn content(view: View, scene: &Scene<'_>) -> String {
    match view {
        View::Listing => {
            let shown = scene.listing.expect("the scene of a listing has one");
            listing(scene.recording.header.language, shown)
        }
        View::Output => fence("text", &draw::output(scene)),
        View::Diagram => fence("mermaid", &draw::mermaid(scene)),
        View::Facts => draw::facts(scene) + "\n",
        View::Findings => fence("text", &found(scene)),
        View::Table => unreachable!("the table is of all runs"),
        View::Orders | View::WideOrders | View::Seen | View::SeenOnWorkers => {
            unreachable!("they are many runs")
        }
    }
}

/// What a region shows of many runs, which were told as `text`.
pub fn many(text: &str) -> String {
    fence("text", text)
}

/// What was told as `text` where a region shows this of [`many`] runs.
pub fn told(body: &str) -> &str {
    let inner = body.trim_start().trim_start_matches('`').strip_prefix("text\n");
    inner.unwrap_or_default().trim_end().trim_end_matches('`').trim_end()
}

/// The findings in a run that came to its end, with the lines of the listing.
fn found(scene: &Scene<'_>) -> String {
    // In the file the listing stands where its lines say.
    let above = |listing: &Listing| "\n".repeat(listing.first as usize - 1) + &listing.text;
    let text = scene.listing.map(above).unwrap_or_default();
    let done = Ending::Exit(0);
    let found = findings(scene.recording, &done, Duration::ZERO, &text, scene.listing);
    match found.as_slice() {
        [] => "nothing found that is wrong".to_owned(),
        found => draw::text::list(found, draw::Look::default().width),
    }
}

/// `text` in a code fence that nothing in it can close.
fn fence(info: &str, text: &str) -> String {
    let ticks = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(ticks + 1));
    format!("{fence}{info}\n{}\n{fence}\n", text.trim_end_matches('\n'))
}

struct Parser {
    /// The word of the markers: `recorded`.
    kind: &'static str,
    regions: Vec<Marked>,
    problems: Vec<Problem>,
    /// The region whose end has not come yet.
    open: Option<Marked>,
    /// The code fence whose end has not come yet: its line, its character, its length.
    fence: Option<(usize, char, usize)>,
    /// A marker ended in the last line, so this one has to be empty.
    after: bool,
    /// The last line was empty, or there was none.
    filled: bool,
}

impl Parser {
    fn new(kind: &'static str) -> Self {
        let (regions, problems) = (vec![], vec![]);
        Parser { kind, regions, problems, open: None, fence: None, after: false, filled: false }
    }

    fn line(&mut self, number: usize, line: &str, bytes: Range<usize>) {
        let text = line.trim_end();
        let empty = text.trim().is_empty();
        if std::mem::take(&mut self.after) && !empty {
            let why = format!("leave a line empty between `<!-- /{} -->` and this", self.kind);
            self.problem(number, &why);
        }
        let filled = std::mem::replace(&mut self.filled, !empty);
        if self.in_fence(number, text) {
            return;
        }
        let Some(inner) = comment(self.kind, text) else {
            if mentions(self.kind, text) {
                self.problem(number, "a marker has to be alone on its line, at its start");
            }
            return;
        };
        let kind = self.kind;
        if inner.strip_prefix('/') == Some(kind) {
            self.after = true;
            match self.open.take() {
                Some(mut region) => {
                    region.body.end = bytes.start;
                    self.regions.push(region);
                }
                None => self.problem(number, &format!("`<!-- /{kind} -->` closes nothing")),
            }
            return;
        }
        if let Some(open) = &self.open {
            let why = format!("the region of line {} is not closed before this", open.line);
            self.problem(number, &why);
        } else if filled {
            self.problem(number, &format!("leave a line empty above `<!-- {kind}: … -->`"));
        }
        let mark = inner.strip_prefix(kind).and_then(|inner| inner.strip_prefix(':'));
        let mark = mark.map(str::trim).filter(|mark| !mark.is_empty());
        if mark.is_none() {
            let why = format!("not a marker: write `<!-- {kind}: NAME VIEW -->`");
            self.problem(number, &why);
        }
        // Without a mark it still has an end, which shall be no second problem.
        let mark = mark.unwrap_or_default().to_owned();
        self.open = Some(Marked { mark, line: number, body: bytes.end..bytes.end });
    }

    /// Whether the line belongs to a code fence, its first and last line included.
    fn in_fence(&mut self, number: usize, text: &str) -> bool {
        let text = text.trim_start();
        let Some(c) = text.chars().next().filter(|c| matches!(c, '`' | '~')) else {
            return self.fence.is_some();
        };
        let length = text.chars().take_while(|&next| next == c).count();
        match self.fence {
            Some((_, open, least)) => {
                if c == open && length >= least && text.chars().all(|next| next == c) {
                    self.fence = None;
                }
                true
            }
            // A backtick later in the line makes it a code span.
            None if length >= 3 && !(c == '`' && text[length..].contains('`')) => {
                self.fence = Some((number, c, length));
                true
            }
            None => false,
        }
    }

    fn problem(&mut self, line: usize, why: &str) {
        self.problems.push(Problem { line, why: why.to_owned() });
    }

    fn finish(&mut self) {
        self.regions.retain(|region| !region.mark.is_empty());
        if let Some(open) = self.open.take() {
            let fence = match self.fence {
                Some((line, ..)) => format!("; the code fence of line {line} is not closed either"),
                None => String::new(),
            };
            let why = format!("this region is never closed by `<!-- /{} -->`{fence}", self.kind);
            self.problem(open.line, &why);
        }
    }
}

/// What a line says that is nothing but a comment, if it is of this kind.
fn comment<'a>(kind: &str, line: &'a str) -> Option<&'a str> {
    let inner = line.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let about = inner.strip_prefix('/').unwrap_or(inner).starts_with(kind);
    (about && !inner.contains("-->")).then_some(inner)
}

/// Whether a line has a marker of this kind in it that is not in a code span.
fn mentions(kind: &str, line: &str) -> bool {
    line.match_indices("<!--").any(|(at, _)| {
        let inner = line[at + 4..].trim_start();
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        inner.starts_with(kind) && line[..at].matches('`').count().is_multiple_of(2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn problems(chapter: &str) -> Vec<(usize, String)> {
        parse(chapter).1.into_iter().map(|problem| (problem.line, problem.why)).collect()
    }

    #[test]
    fn a_region_is_rewritten_and_nothing_else() {
        let chapter = "# v5\n\n<!-- recorded: v5 output -->\n\n```text\nold\n<!-- /recorded -->\n```\n\n<!-- /recorded -->\n\nProse.\n";
        let (regions, problems) = parse(chapter);
        assert_eq!(problems, []);
        assert_eq!(regions[0].mark.to_string(), "v5 output");
        assert_eq!(regions[0].line, 3);
        let filled = fill(chapter, |_| Some("```text\nnew\n```\n".into()));
        assert_eq!(
            filled,
            "# v5\n\n<!-- recorded: v5 output -->\n\n```text\nnew\n```\n\n<!-- /recorded -->\n\nProse.\n"
        );
        assert_eq!(fill(&filled, |_| Some("```text\nnew\n```\n".into())), filled);
        assert_eq!(fill(chapter, |_| None), chapter);
    }

    #[test]
    fn line_breaks_stay_as_the_chapter_has_them() {
        let chapter = "<!-- recorded: v5 facts -->\r\n<!-- /recorded -->\r\n";
        let filled = fill(chapter, |_| Some("1 s\n".into()));
        assert_eq!(filled, "<!-- recorded: v5 facts -->\r\n\r\n1 s\r\n\r\n<!-- /recorded -->\r\n");
    }

    #[test]
    fn markers_in_code_are_text() {
        let chapter = "````md\n```\n<!-- recorded: v5 diagram -->\n````\n\nWrite `<!-- recorded: v5 facts -->` alone.\n\n~~~\n<!-- /recorded -->\n~~~\n";
        assert_eq!(parse(chapter), (vec![], vec![]));
    }

    #[test]
    fn every_wrong_marker_is_named_with_its_line() {
        for (chapter, line, why) in [
            (
                "<!-- recorded: v5 picture -->\n\n<!-- /recorded -->\n",
                1,
                "there is no view `picture`",
            ),
            ("<!-- recorded: v5 -->\n\n<!-- /recorded -->\n", 1, "names an example and a view"),
            ("<!-- recorded: ../v5 facts -->\n\n<!-- /recorded -->\n", 1, "`../v5` is no name"),
            ("<!-- recorded v5 facts -->\n\n<!-- /recorded -->\n", 1, "not a marker"),
            ("<!-- recorded: -->\n\n<!-- /recorded -->\n", 1, "not a marker"),
            ("x\n\n<!-- recorded: v5 facts -->\n", 3, "never closed"),
            ("<!-- recorded: v5 facts -->\n\n```\n<!-- /recorded -->\n", 1, "fence of line 3"),
            ("<!-- /recorded -->\n", 1, "closes nothing"),
            ("x <!-- recorded: v5 facts -->\n", 1, "alone on its line"),
            ("  <!-- /recorded -->\n", 1, "alone on its line"),
            ("<!-- recorded: v5 facts --> <!-- /recorded -->\n", 1, "alone on its line"),
            ("x\n<!-- recorded: v5 facts -->\n\n<!-- /recorded -->\n", 2, "empty above"),
            ("<!-- recorded: v5 facts -->\n\n<!-- /recorded -->\nx\n", 4, "between"),
        ] {
            let found = problems(chapter);
            assert_eq!(found.len(), 1, "{chapter}: {found:?}");
            assert!(found[0].0 == line && found[0].1.contains(why), "{chapter}: {found:?}");
        }
        let nested =
            "<!-- recorded: v5 facts -->\n\n<!-- recorded: v6 facts -->\n\n<!-- /recorded -->\n";
        assert!(problems(nested)[0].1.contains("the region of line 1 is not closed"));
    }

    #[test]
    fn a_fence_is_longer_than_any_in_its_text() {
        assert_eq!(fence("text", "a\n```\nb\n"), "````text\na\n```\nb\n````\n");
    }

    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("<!-- recorded: v5 facts -->".to_owned()),
            Just("<!-- /recorded -->".to_owned()),
            Just("```".to_owned()),
            Just("~~~~ rust".to_owned()),
            Just(String::new()),
            "[<>!`~/ \\-recorded:é]{0,30}",
        ]
    }

    proptest! {
        #[test]
        fn any_text_can_be_parsed_and_filled(lines in prop::collection::vec(line(), 0..20), end in "\r?\n") {
            let chapter = lines.join(&end);
            let (regions, problems) = parse(&chapter);
            for region in &regions {
                prop_assert!(chapter.get(region.body.clone()).is_some());
            }
            let filled = fill(&chapter, |_| Some("1 s\n".to_owned()));
            prop_assert_eq!(fill(&filled, |_| Some("1 s\n".to_owned())), filled.clone());
            prop_assert!(!problems.is_empty() || parse(&filled).1.is_empty());
        }

        #[test]
        fn bytes_that_are_no_chapter_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let chapter = String::from_utf8_lossy(&bytes);
            prop_assert_eq!(fill(&chapter, |_| None), chapter);
        }
    }
}
