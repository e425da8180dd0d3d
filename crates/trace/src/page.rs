//! A run as a page of its own: what is wrong with it, the diagram, the table.
//! Nothing on it comes from anywhere else, so it can be kept, or sent.

use std::io::Write;

use anyhow::{Context, Result};
use draw::{self, Look, Scene};
use recording::findings::Finding;

use crate::browser;

/// What draws the diagram; the book's pages use the same.
const MERMAID: &str = include_str!("mermaid.min.js");

/// The page, with its places for what is shown.
const PAGE: &str = include_str!("page.html");

/// Writes the page of `scene` to a temporary folder, prints where, and opens it
/// where there is a desktop.
///
/// # Errors
///
/// When it cannot be written.
pub fn open(scene: &Scene<'_>, findings: &[Finding]) -> Result<()> {
    let name: String = scene
        .recording
        .header
        .program
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    let mut file = tempfile::Builder::new()
        .prefix(&format!("{name}-"))
        .suffix(".html")
        .tempfile()
        .context("cannot write a page")?;
    file.write_all(page(scene, findings).as_bytes())?;
    let (_, path) = file.keep().context("cannot keep the page")?;
    crate::say::print(path.display())?;
    browser::open_on_a_desktop(&format!("file://{}", path.display()));
    Ok(())
}

/// The page of a run.
pub fn page(scene: &Scene<'_>, findings: &[Finding]) -> String {
    let found = match findings {
        [] => "<p>Nothing found that is wrong.</p>".to_owned(),
        found => {
            let items = found.iter().map(|f| format!("<li>{}</li>", escape(&f.says)));
            format!("<ul>{}</ul>", items.collect::<String>())
        }
    };
    let program = &scene.recording.header.program;
    let table = draw::text(scene, findings, Look { width: 100, colour: false });
    // One pass, so that nothing that the program prints is taken for a place.
    let mut page = String::with_capacity(MERMAID.len() + 4 * table.len());
    for piece in PAGE.split_inclusive("-->") {
        let (text, place) = piece.rsplit_once("<!--").unwrap_or((piece, ""));
        page.push_str(text);
        match place.trim_end_matches("-->") {
            "program" => page += &escape(program),
            "facts" => page += &escape(&draw::facts(scene)),
            "findings" => page += &found,
            "diagram" => page += &escape(&draw::mermaid(scene)),
            "table" => page += &escape(&table),
            "mermaid" => page += MERMAID,
            _ => {}
        }
    }
    page
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
