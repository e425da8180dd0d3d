//! What axe-core finds on the pages, in the browser.

use serde::Deserialize;

use crate::support::book::repository;
use crate::support::browser::{Browser, Opened};
use crate::support::reader::Reader;
use crate::support::wait_until;

/// The page's own checker; `tests/axe/README.md` says where it is from.
const AXE: &str = include_str!("../axe/axe.min.js");

/// What axe finds and mdBook has to mend: the rule, the beginning of the
/// element, and what it is.
const OF_MDBOOK: [(&str, &str, &str); 3] = [
    ("aria-allowed-attr", "<label id=\"mdbook-sidebar-toggle\"", "a button made of a label"),
    ("aria-prohibited-attr", "<label id=\"mdbook-sidebar-toggle\"", "the same"),
    ("label", "<input class=\"checkbox-img\"", "its way to enlarge an image, here a plot"),
];

/// A fault that axe calls serious or critical, at one element.
#[derive(Debug, Deserialize)]
struct Fault {
    rule: String,
    html: String,
    why: String,
}

/// Lets axe look at the page as it stands now, for `what`: options of axe's.
fn faults(page: &Opened, what: &str) -> Vec<Fault> {
    let run = format!(
        "axe.run(document, {{ resultTypes: ['violations'], {what} }}).then(({{ violations }}) =>
           violations.filter(({{ impact }}) => impact === 'serious' || impact === 'critical').flatMap(({{ id, nodes }}) =>
             nodes.map(({{ html, failureSummary }}) => ({{ rule: id, html, why: failureSummary }}))))"
    );
    serde_json::from_value(page.comes_to(&run)).expect("faults")
}

/// A page with axe in it; a chapter with its first stage in place.
fn opened(browser: &Browser, reader: &Reader, page: &str, width: u32) -> Opened {
    let opened = browser.open(&format!("{}{page}", reader.address), width, "light");
    if page.contains("first") {
        wait_until("the stage", || opened.is("!!document.querySelector('.stage[data-state]')"));
    }
    opened.value(&format!("void (0, eval)({})", serde_json::json!(AXE)));
    // What axe sees is what will stand there, not a colour on its way to another.
    opened.value(
        "void document.head.appendChild(Object.assign(document.createElement('style'), {
           textContent: '*, ::before, ::after { transition: none !important; animation: none !important }'
        }))",
    );
    opened
}

#[test]
fn axe_finds_nothing_serious_that_is_ours() {
    let Some(browser) = Browser::start() else { return };
    let reader = Reader::start(&repository());
    let unfold = "document.querySelectorAll('main details').forEach(part => part.open = true)";
    let change = "document.querySelector('.stage .change').click()";
    let mut wrong = Vec::new();
    for (page, width, prepare) in [
        // The puzzle, before and after the guess, and the listing while it is changed.
        ("main-finishes-first.html", 390, "0"),
        ("main-finishes-first.html#v5.rust.9", 1440, "0"),
        ("main-finishes-first.html#v5.rust.9", 1280, change),
        ("several-tasks-and-their-results.html", 1280, unfold),
        ("all-examples.html", 390, "0"),
        ("cost/what-a-switch-costs.html", 1280, "0"),
        ("404.html", 1280, "0"),
    ] {
        let opened = opened(&browser, &reader, page, width);
        opened.value(&format!("void ({prepare})"));
        let light = faults(&opened, "");
        opened.value("document.getElementById('mdbook-theme-coal').click()");
        // Nothing else changes with the theme.
        let dark = faults(&opened, "runOnly: ['color-contrast']");
        for Fault { rule, html, why } in light.into_iter().chain(dark) {
            let known =
                |(of, start, _): &(&str, &str, &str)| *of == rule && html.starts_with(start);
            if !OF_MDBOOK.iter().any(known) {
                wrong.push(format!("{page} at {width} px: {rule}: {html}\n  {why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn axe_does_look() {
    let Some(browser) = Browser::start() else { return };
    let reader = Reader::start(&repository());
    let page = opened(&browser, &reader, "", 1280);
    page.value("void document.querySelector('main p').setAttribute('style', 'color: #ccc')");
    page.value("void document.querySelector('main').append(document.createElement('button'))");
    let found = faults(&page, "");
    let has = |rule: &str| found.iter().any(|fault| fault.rule == rule);
    assert!(has("color-contrast") && has("button-name"), "{found:?}");
}
