//! Every link inside the book resolves: to a page of the summary, to a heading
//! of it, to a file that is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Parser, Tag, TagEnd};

/// A page, as far as links are concerned.
#[derive(Default)]
struct Page {
    /// The ids that mdBook gives to its headings.
    ids: BTreeSet<String>,
    /// Where its links and images lead.
    targets: Vec<String>,
}

#[test]
fn every_link_inside_the_book_resolves() {
    let pages = pages();
    let problems = problems(&pages);
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    let links: usize = pages.values().map(|page| page.targets.len()).sum();
    assert!(links > 100, "only {links} links: were they found at all?");
}

#[test]
fn every_page_is_in_the_summary() {
    let pages = pages();
    let listed: BTreeSet<&String> = pages["SUMMARY.md"].targets.iter().collect();
    // mdBook shows it for an address that does not exist.
    let apart = ["SUMMARY.md", "404.md"];
    let missing: Vec<_> = pages
        .keys()
        .filter(|name| !apart.contains(&name.as_str()) && !listed.contains(name))
        .collect();
    assert!(missing.is_empty(), "not in src/SUMMARY.md: {missing:?}");
}

#[test]
fn a_link_to_nowhere_is_found() {
    let mut pages = BTreeMap::new();
    pages.insert(
        "a.md".to_owned(),
        page("# One\n\n[x](b.md#two) [y](#two) [z](c.md) ![i](no.svg) [u][v]"),
    );
    pages.insert("b.md".to_owned(), page("## Two\n\n## `Two`\n\n[x](a.md#one) [y](#two-1)"));
    assert_eq!(
        problems(&pages),
        [
            "src/a.md: #two is no heading of a.md",
            "src/a.md: c.md is not there",
            "src/a.md: no.svg is not there",
            "src/a.md: [v] is not there"
        ]
    );
}

/// What is wrong with the links of these pages.
fn problems(pages: &BTreeMap<String, Page>) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, page) in pages {
        for target in &page.targets {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let (file, id) = match target.split_once('#') {
                Some((file, id)) => (file, Some(id)),
                None => (target.as_str(), None),
            };
            let file = if file.is_empty() { name.clone() } else { beside(name, file) };
            // A page that mdBook does not render names what it renders to.
            let file = match file.strip_suffix(".html") {
                Some(stem) => format!("{stem}.md"),
                None => file,
            };
            match (pages.get(&file), id) {
                (Some(to), Some(id)) if !to.ids.contains(id) => {
                    problems.push(format!("src/{name}: #{id} is no heading of {file}"));
                }
                (Some(_), _) => {}
                (None, _) if Path::new("src").join(&file).is_file() => {}
                (None, _) => problems.push(format!("src/{name}: {file} is not there")),
            }
        }
    }
    problems
}

/// All pages under `src`, by their path in it.
fn pages() -> BTreeMap<String, Page> {
    let mut pages = BTreeMap::new();
    let mut folders = vec![Path::new("src").to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the book") {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let name = path.strip_prefix("src").expect("a path under src");
                let text = fs::read_to_string(&path).expect("a page");
                pages.insert(name.to_string_lossy().into_owned(), page(&text));
            }
        }
    }
    pages
}

/// Reads a page's headings and links.
fn page(text: &str) -> Page {
    let mut page = Page::default();
    let mut heading: Option<String> = None;
    // `[words][name]` without a line that says where `name` leads.
    let mut undefined = Vec::new();
    let mut callback = |link: BrokenLink<'_>| {
        if link.link_type == LinkType::Reference {
            undefined.push(format!("[{}]", link.reference));
        }
        None
    };
    let options = Options::ENABLE_TABLES;
    for event in Parser::new_with_broken_link_callback(text, options, Some(&mut callback)) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let id = id(&heading.take().unwrap_or_default());
                let ids = (1..).map(|n| format!("{id}-{n}"));
                let free = std::iter::once(id.clone()).chain(ids).find(|id| !page.ids.contains(id));
                page.ids.extend(free);
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                page.targets.push(dest_url.into_string());
            }
            _ => {}
        }
    }
    page.targets.extend(undefined);
    page
}

/// The id that mdBook makes of a heading: `Four ways to join` is
/// `four-ways-to-join`.
fn id(heading: &str) -> String {
    let kept = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_ascii_lowercase()),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    heading.chars().filter_map(kept).collect()
}

/// The path of `target` as seen from the folder of the page `from`.
fn beside(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
