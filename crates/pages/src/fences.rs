//! The fences of a page, as mdBook reads it.

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

/// How a page says that its definitions are meant to be some.
pub const DEFINES: &str = "<!-- definitions -->";

/// A code fence of a page.
#[derive(Clone, Debug)]
pub struct Fence {
    /// The line that it begins in, from 1.
    pub line: usize,
    /// The first word behind its ticks.
    pub language: String,
    /// What stands behind that, separated by commas or blanks.
    pub marks: Vec<String>,
    /// The block.
    pub text: String,
    /// The last line above it that is not empty.
    pub above: String,
    /// What it stands in.
    pub within: Vec<Within>,
}

/// What a fence can stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// A quotation.
    Quote,
    /// An item of a list.
    Item,
    /// What a term means.
    Definition,
    /// A footnote.
    Footnote,
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

impl Fence {
    /// What is tested of it, if it is Rust.
    pub fn tested(&self) -> Option<Tested> {
        let has = |mark: &str| self.marks.iter().any(|found| found == mark);
        (self.language == "rust").then(|| match () {
            () if has("ignore") => Tested::Ignored,
            () if has("compile_fail") => Tested::Refused,
            () if has("no_run") => Tested::Compiled,
            () => Tested::Run,
        })
    }
}

/// A page as mdBook reads it.
#[derive(Clone, Debug, Default)]
pub struct Markdown {
    /// Its fences, in order.
    pub fences: Vec<Fence>,
    /// What is in it that the tools leave out or take wrongly: the line, and
    /// what is wrong there.
    pub faults: Vec<(usize, String)>,
}

impl Markdown {
    /// Its Rust blocks, and what is tested of each.
    pub fn blocks(&self) -> impl Iterator<Item = (&Fence, Tested)> {
        self.fences.iter().filter_map(|fence| Some((fence, fence.tested()?)))
    }
}

/// Reads a page.
pub fn read(text: &str) -> Markdown {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let mut nowhere = Vec::new();
    // Such a link stays text in a site, where nobody looks for it.
    let mut callback = |link: BrokenLink<'_>| {
        if link.link_type == LinkType::Reference {
            nowhere.push((line(link.span.start), format!("[{}] leads nowhere", link.reference)));
        }
        None
    };
    let (mut page, mut within) = (Markdown::default(), Vec::new());
    let mut open: Option<Fence> = None;
    let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut callback));
    for (event, place) in parser.into_offset_iter() {
        let line = line(place.start);
        match event {
            Event::Start(Tag::BlockQuote(_)) => within.push(Within::Quote),
            Event::Start(Tag::Item) => within.push(Within::Item),
            Event::Start(Tag::FootnoteDefinition(_)) => within.push(Within::Footnote),
            Event::Start(Tag::DefinitionListDefinition) => {
                if !text.contains(DEFINES) {
                    let fault = "a line that begins with a colon is a definition";
                    page.faults.push((line, fault.to_owned()));
                }
                within.push(Within::Definition);
            }
            Event::End(
                TagEnd::BlockQuote(_)
                | TagEnd::Item
                | TagEnd::FootnoteDefinition
                | TagEnd::DefinitionListDefinition,
            ) => {
                within.pop();
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                page.faults.push((line, "indented code is no fence, and not tested".to_owned()));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let mut words = info.split([',', ' ']).map(str::to_owned);
                let mut above = text[..place.start].lines().rev().map(str::trim);
                open = Some(Fence {
                    line,
                    language: words.next().unwrap_or_default(),
                    marks: words.collect(),
                    text: String::new(),
                    above: above.find(|line| !line.is_empty()).unwrap_or("").to_owned(),
                    within: within.clone(),
                });
            }
            Event::Text(text) => {
                if let Some(fence) = &mut open {
                    fence.text.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => page.fences.extend(open.take()),
            _ => {}
        }
    }
    page.faults.extend(nowhere);
    page
}
