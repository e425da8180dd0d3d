//! Every link inside the book resolves: to a page of the summary, to a heading
//! of it, to a file that is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Parser, Tag, TagEnd};

/// A page, as far as links are concerned.
#[derive(Default)]
struct Page {
    /// The ids that mdBook gives to its headings, and to the terms it defines.
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

#[test]
fn headings_have_the_ids_that_mdbook_gives_them() {
    for (text, ids) in [
        ("# Four ways to join\n", &["four-ways-to-join"][..]),
        ("# Über uns\n", &["über-uns"]),
        ("# a -- b\n\n# c... d\n", &["a--b", "c-d"]),
        ("# x {#own}\n\n# Own\n\n# x\n", &["own", "x"]),
        ("# Foo\n\n# Foo\n\n# Foo 1\n", &["foo", "foo-1", "foo-1-1"]),
        ("Task\n: what runs\n\n# Task\n", &["task", "task-1"]),
        ("# an ![image](x.svg) here\n", &["an--here"]),
    ] {
        assert_eq!(page(text).ids, ids.iter().map(|id| (*id).to_owned()).collect(), "{text}");
    }
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
    // Of what is being read: its words, and the id that it brings along.
    let mut heading: Option<(String, Option<String>)> = None;
    // Those that were made of words; the ones brought along are not counted.
    let mut made = BTreeSet::new();
    let mut images = 0;
    // `[words][name]` without a line that says where `name` leads.
    let mut undefined = Vec::new();
    let mut callback = |link: BrokenLink<'_>| {
        if link.link_type == LinkType::Reference {
            undefined.push(format!("[{}]", link.reference));
        }
        None
    };
    // mdBook's own.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    for event in Parser::new_with_broken_link_callback(text, options, Some(&mut callback)) {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                heading = Some((String::new(), id.map(|id| id.into_string())));
            }
            Event::Start(Tag::DefinitionListTitle) => heading = Some((String::new(), None)),
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => {
                let (words, own) = heading.take().unwrap_or_default();
                page.ids.insert(own.unwrap_or_else(|| {
                    let id = id(&words);
                    let mut ids =
                        std::iter::once(id.clone()).chain((1..).map(|n| format!("{id}-{n}")));
                    ids.find(|id| made.insert(id.clone())).expect("numbers do not end")
                }));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((heading, _)) = heading.as_mut().filter(|_| images == 0) {
                    heading.push_str(&text);
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => page.targets.push(dest_url.into_string()),
            Event::Start(Tag::Image { dest_url, .. }) => {
                images += 1;
                page.targets.push(dest_url.into_string());
            }
            Event::End(TagEnd::Image) => images -= 1,
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
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    heading.trim().to_lowercase().chars().filter_map(kept).collect()
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
