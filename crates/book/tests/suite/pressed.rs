//! What a published site has that a browser made: diagrams as pictures, and the EPUB.

use std::fs;
use std::path::PathBuf;

use book::build;
use book::publish::epub::{self, About};
use book::publish::{chromium, pictures};
use tempfile::TempDir;

use crate::support::book::{Book, repository};
use crate::support::browser::Browser;

/// A site with a diagram twice on one page, and the Chromium to press it.
fn site() -> Option<(TempDir, PathBuf)> {
    let chromium = chromium::found().unwrap()?;
    let book = Book::new();
    let diagram = "```mermaid\nsequenceDiagram\n    runtime->>+main: poll\n    main-->>-runtime: Ready\n```\n";
    book.write("src/deep/two.md", &format!("# Two & more\n\n{diagram}\n{diagram}"));
    book.write(
        "src/one.md",
        "# One\n\nTo [the other](deep/two.md#two--more) and [a file](a.json).\n",
    );
    book.write("src/a.json", "{}");
    let site = tempfile::tempdir().unwrap();
    build::render(&book.path(""), site.path()).unwrap();
    Some((site, chromium))
}

fn about() -> About {
    About {
        title: "One & two".to_owned(),
        description: "Of <both>".to_owned(),
        language: "en".to_owned(),
        edition: "0123abc".to_owned(),
        modified: "2026-01-31T12:00:00Z".to_owned(),
    }
}

#[test]
fn a_published_diagram_is_a_picture_without_scripts_and_without_mermaid() {
    let Some((site, chromium)) = site() else { return };
    assert_eq!(pictures::put(site.path(), &chromium).unwrap(), 1);
    let Some(browser) = Browser::start() else { return };
    let page = format!("file://{}", site.path().join("deep/two.html").display());
    let seen = "[...document.querySelectorAll('.diagram .canvas')].map(it => it.clientWidth > 0)";
    let ids = "(ids => ids.length > 4 && ids.length === new Set(ids).size)([...document.querySelectorAll('.diagram [id]')].map(it => it.id))";
    let font = "[...document.querySelectorAll('.diagram text')].map(it => getComputedStyle(it).fontSize).filter(size => size)";

    let still = browser.open_without_scripts(&page, 1280);
    assert_eq!(still.value(seen), serde_json::json!([true, false, true, false]));
    assert!(still.is(ids));
    still.resize(390);
    assert_eq!(still.value(seen), serde_json::json!([false, true, false, true]));
    assert!(still.value(font).as_array().unwrap().contains(&"13px".into()));

    let live = browser.open(&page, 1280, "light");
    let ink = "getComputedStyle(document.querySelector('.diagram .messageText')).fill";
    let light = live.value(ink);
    live.value("document.getElementById('mdbook-theme-coal').click()");
    assert_ne!(live.value(ink), light);
    assert!(live.is("document.fonts.check('14px \"Open Sans\"')"));
    assert!(!live.is("'mermaid' in window || document.querySelector('iframe')"));
    live.value("document.querySelector('.diagram button').click()");
    assert!(live.is("document.querySelector('dialog.diagram-large svg').clientWidth > 0"));
    live.value("document.querySelector('dialog [aria-label=Close]').click()");
    assert_eq!(live.value(seen), serde_json::json!([true, false, true, false]));
    assert_eq!(live.wrong(), [""; 0]);
}

#[test]
fn a_diagram_that_mermaid_cannot_read_is_not_published() {
    let Some(chromium) = chromium::found().unwrap() else { return };
    let book = Book::new();
    book.write("src/one.md", "# One\n\n```mermaid\nsequenceDiagram\n    one->>two\n```\n");
    let site = tempfile::tempdir().unwrap();
    build::render(&book.path(""), site.path()).unwrap();
    let error = pictures::put(site.path(), &chromium).unwrap_err().to_string();
    assert!(error.contains("of 2 diagrams 1 could be drawn"), "{error}");
    assert!(error.contains("one-&gt;&gt;two"), "{error}");
    assert!(!site.path().join("drawing.html").exists());
}

#[test]
fn the_epub_is_valid_the_same_each_time_and_offered_on_each_page() {
    let Some((site, chromium)) = site() else { return };
    pictures::put(site.path(), &chromium).unwrap();
    let [first, second] = [1, 2].map(|_| {
        epub::put(&repository(), site.path(), &about(), &chromium).unwrap();
        fs::read(site.path().join(epub::FILE)).unwrap()
    });
    assert!(first == second);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(first)).unwrap();
    let mut text = |name: &str| {
        std::io::read_to_string(zip.by_name(&format!("book/{name}")).unwrap()).unwrap()
    };
    let (one, two) = (text("one.xhtml"), text("deep/two.xhtml"));
    assert!(
        one.contains("<a href=\"deep/two.xhtml#two--more\">the other</a> and a file."),
        "{one}"
    );
    assert_eq!(two.matches("<svg").count(), 2, "one of each, for a wide column");
    assert!(!two.contains("<script") && !two.contains("<button"), "{two}");
    assert!(!text("style.css").contains("var("), "a reading program has no themes");
    assert!(text("package.opf").contains("<dc:title>One &amp; two</dc:title>"));

    let page = fs::read_to_string(site.path().join("deep/two.html")).unwrap();
    assert!(page.contains("<a href=\"../book.epub\""));
}

#[test]
fn what_epubcheck_refuses_is_not_published() {
    let Some((site, chromium)) = site() else { return };
    let page = site.path().join("one.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("#two--more", "#nowhere")).unwrap();
    let error = epub::put(&repository(), site.path(), &about(), &chromium).unwrap_err();
    let error = format!("{error:#}");
    assert!(error.contains("one.xhtml") && error.contains("RSC-012"), "{error}");
}
