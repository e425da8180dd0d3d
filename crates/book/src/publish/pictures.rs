//! Diagrams as pictures, in a built site: for who has no scripts, for paper and
//! for the EPUB, and so that nobody waits for mermaid.
//!
//! They are drawn by the page's own script, `theme/script/diagrams.js`, in a
//! Chromium: twice, since on a narrow column the names stand closer. Colours are
//! the page's, so one picture does for all themes. What is drawn while a page is
//! read, of a program that was changed, is drawn by the same script.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result, ensure};
use regex::{Captures, NoExpand, Regex};

use super::{chromium, links};

/// The drawings of a site.
#[derive(Debug)]
struct Pictures {
    /// The figure that a source becomes, cut where its drawing is, and the drawing
    /// for each of the [`COLUMNS`]; by the source as it stands in the HTML.
    figures: BTreeMap<String, ([String; 2], Vec<String>)>,
    /// The style of all drawings, an element.
    style: String,
}

/// For which column each drawing is: the name that `diagram.css` shows it by, and
/// the width (CSS pixels) if it is not what the page gives.
const COLUMNS: [(&str, Option<u32>); 2] = [("wide", None), ("narrow", Some(360))];

/// The page of all chapters, which is for paper, has the first alone.
const PRINT: &str = "print.html";

/// A block of mermaid, as mdbook-mermaid leaves it.
static BLOCK: LazyLock<Regex> = LazyLock::new(|| regex(r#"(?s)<pre class="mermaid">(.*?)</pre>"#));

/// What `diagrams.js` makes of one: the figure before its drawing, that, and the rest.
static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?s)(<figure class="diagram"[^>]*>)<div class="canvas"[^>]*>(.*?)</div>(.*?</figure>)"#,
    )
});

/// One that it could not draw, with what mermaid says of it.
static UNDRAWN: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?s)<pre class="mermaid" data-undrawn.*?</pre>"#));

static STYLE: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?s)<style id="drawing-style">.*?</style>"#));

static MAIN: LazyLock<Regex> = LazyLock::new(|| regex("(?s)<main.*</main>"));

/// The name of a drawing, which its ids begin with.
static ID: LazyLock<Regex> = LazyLock::new(|| regex(r"\bdiagram-\d+"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a regular expression")
}

/// Puts pictures in the place of the sources on all pages of `site`. How many
/// different ones there are.
///
/// # Errors
///
/// If Chromium fails or cannot draw one of them; pages may be changed then.
pub fn put(site: &Path, chromium: &Path) -> Result<usize> {
    let mut pages = links::pages(site)?;
    pages.retain(|_, text| BLOCK.is_match(text));
    let Some((any, text)) = pages.first_key_value() else { return Ok(0) };
    let blocks = pages.values().flat_map(|text| BLOCK.captures_iter(text));
    let sources: BTreeSet<&str> = blocks.map(|block| block.extract::<1>().1[0]).collect();
    let pictures = Pictures::draw(&sources, (&site.join(any), text), chromium)?;
    for (name, text) in &pages {
        let columns = if name == PRINT { 1 } else { COLUMNS.len() };
        fs::write(site.join(name), pictures.place(text, columns))
            .with_context(|| format!("cannot write {name} of the site"))?;
    }
    Ok(sources.len())
}

impl Pictures {
    /// Draws `sources` on a page of a site, given with its text.
    fn draw(sources: &BTreeSet<&str>, (any, text): (&Path, &str), chromium: &Path) -> Result<Self> {
        let mut pictures = Self { figures: BTreeMap::new(), style: String::new() };
        let blocks: String =
            sources.iter().map(|source| format!("<pre class=\"mermaid\">{source}</pre>")).collect();
        for (_, width) in COLUMNS {
            let width = width.map_or(String::new(), |width| format!("width: {width}px"));
            let main = format!("<main style=\"{width}\">{blocks}</main>");
            // Beside that page: what it loads it loads as that does.
            let file = any.with_file_name("drawing.html");
            fs::write(&file, &*MAIN.replace(text, NoExpand(&main)))
                .with_context(|| format!("cannot write {}", file.display()))?;
            let page = chromium::rendered(chromium, &file);
            fs::remove_file(&file)?;
            let page = page?;
            let figures: Vec<_> = FIGURE.captures_iter(&page).collect();
            let (all, drawn) = (sources.len(), figures.len());
            let left: String =
                UNDRAWN.find_iter(&page).map(|it| format!("\n{}", it.as_str())).collect();
            ensure!(drawn == all, "of {all} diagrams {drawn} could be drawn:{left}");
            for (source, figure) in sources.iter().zip(figures) {
                let (_, [before, drawing, after]) = figure.extract();
                // Whether it had to shrink is seen to where it is read.
                let before = before.replace(" data-shrunk=\"\"", "");
                let (_, drawings) = pictures
                    .figures
                    .entry((*source).to_owned())
                    .or_insert_with(|| ([before, after.to_owned()], Vec::new()));
                drawings.push(drawing.to_owned());
            }
            if pictures.style.is_empty() {
                let style = STYLE.find(&page).context("the diagrams have no style")?;
                style.as_str().clone_into(&mut pictures.style);
            }
        }
        Ok(pictures)
    }

    /// A page with pictures for the first so many columns in the place of its sources.
    fn place(&self, page: &str, columns: usize) -> String {
        let mut number = 0;
        let placed = BLOCK.replace_all(page, |found: &Captures<'_>| {
            let ([before, after], drawings) = &self.figures[&found[1]];
            let mut figure = before.clone();
            for (drawing, (column, _)) in drawings.iter().zip(COLUMNS).take(columns) {
                // The same diagram can stand on a page twice, and an id only once.
                let id = format!("diagram-{number}");
                number += 1;
                let drawing = ID.replace_all(drawing, NoExpand(&id));
                figure +=
                    &format!("<div class=\"canvas\" data-column=\"{column}\">{drawing}</div>");
            }
            figure + after
        });
        placed.replacen("</head>", &format!("{}</head>", self.style), 1)
    }
}
