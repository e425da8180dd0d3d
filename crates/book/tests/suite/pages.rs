//! The pages in a real browser.

use std::fs;
use std::path::Path;

use pages::store;
use recording::event::Header;

use crate::support::book::{Book, LISTING, repository};
use crate::support::browser::Browser;
use crate::support::reader::Reader;
use crate::support::wait_until;

/// Every page of the book, as a path on the server; not the one of all chapters,
/// which is for paper and would draw every diagram once more.
fn pages(dir: &Path, at: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            pages(&entry.path(), &format!("{at}{name}/"), found);
        } else if name.ends_with(".html") && !["toc.html", "print.html"].contains(&&*name) {
            found.push(format!("{at}{name}"));
        }
    }
}

#[test]
fn every_page_is_quiet_fits_and_asks_nobody_else_on_a_desk() {
    every_page_at(&[(1280, 720), (820, 900)]);
}

#[test]
fn every_page_is_quiet_fits_and_asks_nobody_else_on_a_phone() {
    every_page_at(&[(390, 844)]);
}

/// The words in lanes and diagrams that lie on others or on what is theirs, and the lanes
/// that lie behind the controls, once every stage is at its end and all that is folded is
/// open; what is cut off is not there.
const ON_OTHERS: &str = include_str!("pages/on_others.js");

/// Opens every page in a window of the first of these sizes, in CSS pixels, and then
/// makes it narrower.
fn every_page_at(sizes: &[(u32, u32)]) {
    let Some(browser) = Browser::start() else { return };
    let site = tempfile::tempdir().unwrap();
    book::build::render(&repository(), site.path()).unwrap();
    let mut all = Vec::new();
    pages(site.path(), "", &mut all);
    assert!(all.len() > 8, "{all:?}");
    let reader = Reader::of_the_book();
    let mut wrong = Vec::new();
    for page in &all {
        let opened = browser.open(&format!("{}{page}", reader.address), sizes[0].0, "light");
        for &(width, height) in sizes {
            opened.resize_to(width, height);
            let over = opened.value("document.documentElement.scrollWidth - innerWidth");
            if over.as_f64().is_none_or(|over| over > 0.0) {
                wrong.push(format!("{page}: {over} px too wide"));
            }
            let found: Vec<String> = serde_json::from_value(opened.comes_to(ON_OTHERS)).unwrap();
            wrong.extend(found.into_iter().map(|fault| format!("{page} at {width}: {fault}")));
        }
        wrong.extend(opened.wrong().into_iter().map(|fault| format!("{page}: {fault}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_diagram_follows_the_theme_without_a_reload() {
    let Some(browser) = Browser::start() else { return };
    let book = Book::new();
    let reader = Reader::start(&book.path(""));
    let page = browser.open(&format!("{}deep/two.html", reader.address), 1280, "light");
    page.value("window.stays = true");
    let ink = "getComputedStyle(document.querySelector('.diagram .messageText')).fill";
    let names = "getComputedStyle(document.querySelector('.diagram rect.actor')).stroke";
    let bar = "getComputedStyle(document.querySelector('.diagram .activation0')).fill";
    let light = [ink, names, bar].map(|part| page.value(part));
    page.value("document.getElementById('mdbook-theme-coal').click()");
    let coal = [ink, names, bar].map(|part| page.value(part));
    for (light, coal) in light.iter().zip(&coal) {
        assert!(light.is_string() && light != coal, "{light} and {coal}");
    }
    assert_eq!(coal[0], page.value("getComputedStyle(document.body).color"));
    assert!(page.is("window.stays"), "the page was loaded again");
    assert_eq!(page.wrong(), [""; 0]);
}

#[test]
fn a_page_without_a_diagram_does_not_load_mermaid() {
    let Some(browser) = Browser::start() else { return };
    let book = Book::new();
    let reader = Reader::start(&book.path(""));
    // Diagrams are measured in a frame of their own.
    let loaded = "[window, ...Array.from(window.frames)].some(page => \
                  page.performance.getEntriesByType('resource').some(({ name }) => name.includes('mermaid')))";
    let open = |page| browser.open(&format!("{}{page}", reader.address), 1280, "light");
    assert!(!open("one.html").is(loaded));
    assert!(open("deep/two.html").is(loaded));
}

#[test]
fn a_diagram_says_its_steps_in_words() {
    let Some(browser) = Browser::start() else { return };
    let book = Book::new();
    book.write(
        "src/one.md",
        "# One\n\n```mermaid\nsequenceDiagram\n    accTitle: A title\n    accDescr: What is to see\n    \
         participant loop1 as event loop\n    loop1->>+main: step\n    Note over main: prints #quot;Hi#quot;\n    \
         main-xloop1: dropped\n    main--)loop1: wake\n```\n",
    );
    let reader = Reader::start(&book.path(""));
    let page = browser.open(&reader.address, 1280, "navy");
    let steps =
        page.value("[...document.querySelectorAll('.diagram li')].map(step => step.textContent)");
    let expected = [
        "event loop → main: step",
        "main: prints \"Hi\"",
        "main → event loop: dropped",
        "main → event loop: wake",
    ];
    assert_eq!(steps, serde_json::json!(expected));
    let labelled = "document.getElementById(document.querySelector('.diagram svg').getAttribute('aria-labelledby')).textContent";
    assert_eq!(page.value(labelled), "A title");
}

#[test]
fn a_wide_diagram_stays_legible_and_can_be_enlarged() {
    let Some(browser) = Browser::start() else { return };
    let book = Book::new();
    let names: String = (0..12).map(|n| format!("    runtime->>task{n}: poll\n")).collect();
    book.write("src/one.md", &format!("# One\n\n```mermaid\nsequenceDiagram\n{names}```\n"));
    let reader = Reader::start(&book.path(""));
    let page = browser.open(&reader.address, 390, "light");
    let size = "document.querySelector('.messageText').getBoundingClientRect().height";
    assert_eq!(page.wrong(), [""; 0]);
    let small = page.value(size).as_f64().unwrap();
    assert!(small >= 10.0, "text of {small} px");
    assert!(page.is("document.documentElement.scrollWidth <= innerWidth"));
    page.value("document.querySelector('.diagram .foot button').click()");
    assert!(page.is("document.querySelector('dialog[open] svg') !== null"));
    page.value("document.querySelector('dialog button[aria-label=Larger]').click()");
    assert!(page.value(size).as_f64().unwrap() > small);
    page.value("document.querySelector('dialog button[aria-label=Close]').click()");
    wait_until("the diagram back in its place", || {
        page.is("document.querySelector('.diagram .canvas > svg') !== null")
    });
}

#[test]
fn without_scripts_the_source_of_a_diagram_can_be_read() {
    let Some(browser) = Browser::start() else { return };
    let book = Book::new();
    let reader = Reader::start(&book.path(""));
    let page = browser.open_without_scripts(&format!("{}deep/two.html", reader.address), 390);
    let source = page.value("document.querySelector('pre.mermaid').innerText");
    assert!(source.as_str().unwrap().contains("runtime->>+main: poll"), "{source}");
}

#[test]
fn an_open_page_shows_an_error_and_then_the_mended_chapter() {
    let Some(browser) = Browser::start() else { return };
    let book = Book::new();
    let reader = Reader::start(&book.path(""));
    let page = browser.open(&reader.address, 1280, "light");
    let says = |words: &str| {
        let all = "[...document.querySelectorAll('body > aside')].map(aside => aside.shadowRoot.textContent).join() \
                   + document.body?.textContent";
        page.value(all).as_str().is_some_and(|text| text.contains(words))
    };
    book.write("src/one.md", "# One\n\n{{#include nowhere.rs}}\n");
    wait_until("the error on the page", || says("nowhere.rs"));
    assert!(says("The first page."), "the page as it was");
    book.write("src/one.md", &format!("# One\n\nMended.\n\n{LISTING}"));
    wait_until("the new page", || says("Mended.") && !says("nowhere.rs"));
    book.write("examples/v0/main.rs", "fn main() { println!(); }\n");
    wait_until("the command on the page", || says("cargo run -- record v0"));
}

#[test]
fn the_search_finds_chapters_examples_and_claims() {
    let Some(browser) = Browser::start() else { return };
    let reader = Reader::start(&repository());
    let first = "document.querySelector('#mdbook-searchresults a')?.getAttribute('href')";
    for (words, place) in [
        ("fetch count", "fetch-and-count.html"),
        ("lock_over_await", "lost-updates.html"),
        ("five_numbers_blocking", "blocking-the-event-loop.html"),
        ("C0-9", "claims-checked.html"),
        ("S3-gather", "claims-checked.html"),
    ] {
        let url = format!("{}introduction.html?search={words}", reader.address);
        let page = browser.open(&url, 1280, "light");
        wait_until("an answer", || page.value(first).is_string());
        let found = page.value(first);
        assert!(found.as_str().is_some_and(|link| link.starts_with(place)), "{words}: {found}");
        assert_eq!(page.wrong(), [""; 0]);
    }
}

#[test]
fn on_paper_a_page_is_black_on_white_with_its_diagrams_and_all_twins() {
    let Some(browser) = Browser::start() else { return };
    let book = Book::new();
    book.write(
        "src/one.md",
        "# One\n\n<details>\n<summary>More</summary>\n\nThe twin.\n\n</details>\n",
    );
    let reader = Reader::start(&book.path(""));
    // mdBook's page of all chapters, which is what its print button opens.
    let page = browser.open(&format!("{}print.html", reader.address), 1280, "coal");
    page.as_printed();
    assert_eq!(page.value("getComputedStyle(document.body).color"), "rgb(0, 0, 0)");
    assert!(page.is("document.querySelectorAll('.diagram svg').length === 1"));
    assert!(page.is("!document.querySelector('.diagram .foot').checkVisibility()"));
    let twin = "[...document.querySelectorAll('details p')].every(p => p.getBoundingClientRect().height > 0)";
    assert!(page.is(twin));
    assert_eq!(page.wrong(), [""; 0]);
}

#[test]
fn what_the_player_shows_follows_from_the_recording() {
    let root = repository();
    let book = pages::library::Book::read(&root).unwrap();
    let mut compared = 0;
    for (path, kept) in &*book.recordings {
        let recording = &kept.stored().unwrap().recording;
        let Header { program, language, .. } = &recording.header;
        let listing = book.example(program).unwrap().program(*language).unwrap().listing().unwrap();
        assert!(
            store::to_js(recording, &listing) == kept.text,
            "{}: run `cargo run -- record {}`",
            path.display(),
            program
        );
        compared += 1;
    }
    assert!(compared > 100, "{compared} recordings");
}
