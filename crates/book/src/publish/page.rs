//! What an HTML page asks for and leads to.

use std::cell::RefCell;
use std::collections::BTreeSet;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// A page, as far as links are concerned.
#[derive(Debug, Default)]
pub struct Page {
    /// The ids and names that a link can lead to.
    pub ids: BTreeSet<String>,
    /// Where its links lead, each with its line.
    pub links: Vec<(u64, String)>,
    /// What a browser loads with it: scripts, styles, images, frames.
    pub loads: Vec<(u64, String)>,
    /// Texts of scripts in it.
    pub scripts: Vec<(u64, String)>,
    /// Texts of styles in it.
    pub styles: Vec<(u64, String)>,
    /// What all of its addresses are relative to, if it says so.
    pub base: Option<String>,
    /// Whether mdBook's script finds a block here that asks for Rust's playground.
    pub playground: bool,
}

/// Reads a page.
pub fn read(html: &str) -> Page {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    // Scripts are not run, so it never stops before the end.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.page.into_inner()
}

#[derive(Default)]
struct Sink {
    page: RefCell<Page>,
    /// The text of a script or a style, while it lasts.
    inside: RefCell<Option<(u64, String)>>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => {
                if let Some((_, inside)) = &mut *self.inside.borrow_mut() {
                    inside.push_str(&text);
                }
            }
            Token::TagToken(tag) => {
                let mut page = self.page.borrow_mut();
                let text = self.inside.take();
                if tag.kind == TagKind::EndTag {
                    match &*tag.name {
                        "script" => page.scripts.extend(text),
                        "style" => page.styles.extend(text),
                        _ => {}
                    }
                    return TokenSinkResult::Continue;
                }
                page.element(&tag, line);
                let raw = match &*tag.name {
                    "script" => RawKind::ScriptData,
                    "style" => RawKind::Rawtext,
                    "title" | "textarea" => RawKind::Rcdata,
                    _ => return TokenSinkResult::Continue,
                };
                *self.inside.borrow_mut() = Some((line, String::new()));
                return TokenSinkResult::RawData(raw);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Page {
    fn element(&mut self, tag: &Tag, line: u64) {
        let get = |name: &str| {
            let found = tag.attrs.iter().find(|attr| &*attr.name.local == name);
            found.map(|attr| attr.value.trim().to_owned())
        };
        let element = &*tag.name;
        for attr in &tag.attrs {
            let value = attr.value.trim().to_owned();
            match (element, &*attr.name.local) {
                (_, "id") | ("a", "name") => {
                    self.ids.insert(value);
                }
                (_, "class") => {
                    self.playground |= value.split_whitespace().any(|class| class == "playground");
                }
                (_, "style") => self.styles.push((line, value)),
                (_, name) if name.starts_with("on") => self.scripts.push((line, value)),
                ("base", "href") => self.base = Some(value),
                // Says what a page is, and loads nothing.
                ("link", "href")
                    if get("rel").is_some_and(|rel| {
                        ["canonical", "license", "author", "alternate"].contains(&&*rel)
                    }) =>
                {
                    self.links.push((line, value));
                }
                ("a" | "area", "href" | "xlink:href") | ("form", "action") | (_, "formaction") => {
                    self.links.push((line, value));
                }
                ("meta", "content") => {
                    let refresh = get("http-equiv").is_some_and(|kind| kind == "refresh");
                    let to = value.split_once('=').map(|(_, to)| to.trim().to_owned());
                    self.links.extend(to.filter(|_| refresh).map(|to| (line, to)));
                }
                (_, "srcset") => {
                    let each = value.split(',').filter_map(|one| one.split_whitespace().next());
                    self.loads.extend(each.map(|one| (line, one.to_owned())));
                }
                (_, "src" | "href" | "xlink:href" | "poster" | "background")
                | ("object", "data") => {
                    self.loads.push((line, value));
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_loaded_is_told_from_what_is_linked() {
        let page = read(
            "<!doctype html><base href='/b/'><link rel=stylesheet href=a.css>\n\
             <link rel=canonical href=https://x.example/><a href=' one.html#two ' id=here>x</a>\n\
             <img src=i.png srcset='j.png 2x, k.png 3x' onload='go()' style='color: red'>\n\
             <script>if (a < b) f('<a href=no>')</script><style>p { top: 0 }</style>\n\
             <meta http-equiv=refresh content='0; URL=next.html'><pre class='a playground'>\n\
             <svg><a xlink:href=two.html><use xlink:href='i.svg#x'/></a></svg><button formaction=go>",
        );
        let texts = |found: &[(u64, String)]| -> Vec<String> {
            found.iter().map(|(line, text)| format!("{line} {text}")).collect()
        };
        assert_eq!(
            texts(&page.links),
            ["2 https://x.example/", "2 one.html#two", "5 next.html", "6 two.html", "6 go"]
        );
        assert_eq!(texts(&page.loads), ["1 a.css", "3 i.png", "3 j.png", "3 k.png", "6 i.svg#x"]);
        assert_eq!(texts(&page.scripts), ["3 go()", "4 if (a < b) f('<a href=no>')"]);
        assert_eq!(texts(&page.styles), ["3 color: red", "4 p { top: 0 }"]);
        assert!(page.ids.contains("here") && page.playground);
        assert_eq!(page.base.as_deref(), Some("/b/"));
    }
}
