//! A built site, checked: every link leads to a page and a place in it that are
//! there, and nothing is loaded from another host.
//!
//! What scripts load is looked for in their texts, which finds an address that
//! stands in a call and none that is put together. The tests open every page in
//! a browser, and see those.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result};
use percent_encoding::percent_decode_str;
use regex::Regex;
use url::Url;

use super::page::{self, Page};

/// What there is in a site, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// How many pages there are.
    pub pages: usize,
    /// How many links lead to a page or a file of the site.
    pub internal: usize,
    /// Where else they lead.
    pub external: BTreeSet<String>,
}

/// Something that is wrong in a site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file of the site that has it.
    pub file: String,
    /// The line there, from 1, where that is known.
    pub line: Option<u64>,
    /// The address, or the part of it, that stands there.
    pub address: String,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// The page that repeats all others, with whatever is wrong in them.
const ALL_PAGES: &str = "print.html";

/// The host that mdBook's own script asks on pages that have a block with a Run
/// button, and only there.
const PLAYGROUND: &str = "play.rust-lang.org";

/// A call or an assignment that makes a browser load the address in it.
static LOADS: LazyLock<Regex> = LazyLock::new(|| {
    let call = r#"(?:\b(?:fetch\w*|import|importScripts|Worker|WebSocket|EventSource|sendBeacon|open)\s*\((?:\s*["']\w+["']\s*,)?|\b(?:src|href|from|import)\s*=?)"#;
    let address = r#"\s*["'`](?:(?:https?|wss?):)?//([^/"'`]*)"#;
    Regex::new(&format!("{call}{address}")).expect("a regular expression")
});

/// An address in a style sheet.
static STYLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:url\(\s*["']?|@import\s*["'])([^"')]+)"#).expect("a regular expression")
});

/// Checks the site in the folder `site`, which is to be served below
/// `base_path` (`/` or `/folder/`).
///
/// # Errors
///
/// When a file cannot be read. What is wrong with the site is in the report.
pub fn check(site: &Path, base_path: &str) -> Result<Report> {
    let files = files(site)?;
    let text = |name: &str| {
        let path = site.join(name);
        fs::read(&path)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .with_context(|| path.display().to_string())
    };
    let mut pages = BTreeMap::new();
    let mut checker = Checker { base_path, files: &files, report: Report::default() };
    for name in &files {
        if name.ends_with(".html") {
            pages.insert(name.clone(), page::read(&text(name)?));
        } else if name.ends_with(".css") {
            checker.style(name, name, None, &text(name)?);
        } else if name.ends_with(".js") {
            checker.script(name, None, &text(name)?);
        }
    }
    for (name, page) in &pages {
        checker.page(name, page, &pages);
    }
    let mut report = checker.report;
    report.pages = pages.len();
    report.problems.sort();
    if report.problems.iter().any(|problem| problem.file != ALL_PAGES) {
        report.problems.retain(|problem| problem.file != ALL_PAGES);
    }
    Ok(report)
}

struct Checker<'a> {
    base_path: &'a str,
    files: &'a BTreeSet<String>,
    report: Report,
}

/// Where an address leads.
enum Target {
    /// To a file of the site, and a place in it.
    Inside(String, Option<String>),
    /// To another host.
    Host(String),
    /// It is the thing itself, or mail.
    Itself,
}

impl Checker<'_> {
    fn page(&mut self, name: &str, page: &Page, pages: &BTreeMap<String, Page>) {
        // Addresses are relative to the page, or to what it says instead.
        let from = match &page.base {
            Some(base) => base.strip_prefix(self.base_path).unwrap_or(base).to_owned(),
            None => name.to_owned(),
        };
        for (line, link) in &page.links {
            match self.target(&from, link) {
                Ok(Target::Inside(file, place)) => {
                    self.report.internal += 1;
                    let file = if file.is_empty() { name.to_owned() } else { file };
                    let there = pages.get(&file);
                    if !self.files.contains(&file) {
                        let what = format!("{link} leads to {file}, which is not there");
                        self.wrong(name, Some(*line), link, what);
                    } else if let (Some(there), Some(place)) = (there, place)
                        && !there.ids.contains(&place)
                    {
                        let what = match file == name {
                            true => format!("{link} is nowhere on this page"),
                            false => format!("{link}: {file} has no #{place}"),
                        };
                        self.wrong(name, Some(*line), link, what);
                    }
                }
                Ok(Target::Host(address)) => {
                    self.report.external.insert(address);
                }
                Ok(Target::Itself) => {}
                Err(why) => self.wrong(name, Some(*line), link, format!("{link}: {why}")),
            }
        }
        for (line, load) in &page.loads {
            self.load(name, &from, Some(*line), load);
        }
        for (line, style) in &page.styles {
            self.style(name, &from, Some(*line), style);
        }
        for (line, script) in &page.scripts {
            self.script(name, Some(*line), script);
        }
        if page.playground {
            let what = format!("a block with a Run button asks {PLAYGROUND}");
            self.wrong(name, None, PLAYGROUND, what);
        }
    }

    fn load(&mut self, name: &str, from: &str, line: Option<u64>, load: &str) {
        match self.target(from, load) {
            Ok(Target::Inside(file, _)) if self.files.contains(&file) || file.is_empty() => {}
            Ok(Target::Inside(file, _)) => {
                self.wrong(name, line, load, format!("loads {file}, which is not there"));
            }
            Ok(Target::Host(address)) => {
                self.wrong(name, line, load, format!("asks another host: {address}"));
            }
            Ok(Target::Itself) => {}
            Err(why) => self.wrong(name, line, load, format!("{load}: {why}")),
        }
    }

    fn style(&mut self, name: &str, from: &str, line: Option<u64>, text: &str) {
        for found in STYLE.captures_iter(text) {
            self.load(name, from, line, found[1].trim());
        }
    }

    fn script(&mut self, name: &str, line: Option<u64>, text: &str) {
        for found in LOADS.captures_iter(text) {
            if &found[1] != PLAYGROUND {
                let what = format!("a script asks another host: {}", &found[1]);
                self.wrong(name, line, &found[1], what);
            }
        }
    }

    /// Where `address` leads from the file `from`.
    fn target(&self, from: &str, address: &str) -> Result<Target, String> {
        let full = match address.starts_with("//") {
            // Loaded by the site's own scheme.
            true => format!("https:{address}"),
            false => address.to_owned(),
        };
        match Url::parse(&full) {
            Ok(url) if ["http", "https"].contains(&url.scheme()) => {
                let sound = url.domain().is_some_and(|host| host.contains('.'));
                let spaced = address.contains(char::is_whitespace);
                // What has one slash too many, and was to be a page of this site.
                let page =
                    full != address && url.domain().is_some_and(|host| host.ends_with(".html"));
                if sound && !spaced && !page {
                    return Ok(Target::Host(full));
                }
                return Err("this is no address of a page".to_owned());
            }
            Ok(url) if ["data", "mailto"].contains(&url.scheme()) => return Ok(Target::Itself),
            Ok(url) => return Err(format!("{}: leads nowhere on a web site", url.scheme())),
            Err(_) => {}
        }
        let (path, place) = match address.split_once('#') {
            Some((path, place)) => (path, Some(place)),
            None => (address, None),
        };
        let path = path.split('?').next().unwrap_or_default();
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let place = place.filter(|place| !place.is_empty()).map(decode);
        if path.is_empty() {
            return Ok(Target::Inside(String::new(), place));
        }
        let path = decode(path);
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        let path = match path.strip_prefix('/') {
            None => &path,
            Some(_) => {
                parts.clear();
                let outside = || format!("leads out of {}", self.base_path);
                path.strip_prefix(self.base_path).ok_or_else(outside)?
            }
        };
        for part in path.split('/') {
            match part {
                "." => {}
                ".." if parts.pop().is_none() => return Err("leads out of the site".to_owned()),
                ".." => {}
                part => parts.push(part),
            }
        }
        let mut file = parts.join("/");
        if file.is_empty() || file.ends_with('/') {
            file.push_str("index.html");
        }
        Ok(Target::Inside(file, place))
    }

    fn wrong(&mut self, file: &str, line: Option<u64>, address: &str, what: String) {
        let (file, address) = (file.to_owned(), address.to_owned());
        self.report.problems.push(Problem { file, line, address, what });
    }
}

/// All files below `folder`, as paths with `/` that begin with `at`.
/// The files of a site, by their paths below it.
///
/// # Errors
///
/// When a folder cannot be read.
pub(super) fn files(site: &Path) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    walk(site, "", &mut found)?;
    Ok(found)
}

/// The pages of a site: the text of each, by its path below it.
///
/// # Errors
///
/// When one cannot be read.
pub(super) fn pages(site: &Path) -> Result<BTreeMap<String, String>> {
    let names = files(site)?.into_iter().filter(|name| name.ends_with(".html"));
    let read = |name: String| {
        let text = fs::read_to_string(site.join(&name));
        let text = text.with_context(|| format!("cannot read {name} of the site"))?;
        Ok((name, text))
    };
    names.map(read).collect()
}

fn walk(folder: &Path, at: &str, found: &mut BTreeSet<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry.with_context(|| folder.display().to_string())?;
        let name = format!("{at}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.insert(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(files: &[(&str, &str)]) -> Vec<String> {
        let site = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = site.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let problems = check(site.path(), "/book/").unwrap().problems;
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn links_that_lead_somewhere_are_no_problem() {
        let one = "<a href='deep/two.html#b'>x</a><a href='#a' id=a>x</a><a href='#'>x</a>\
                   <a href='/book/deep/two.html?q=1'>x</a><a href='/book/'>x</a><a href=deep/>x</a>\
                   <a href='https://doc.rust-lang.org/std/#x'>x</a><a href='mailto:a@b.example'>x</a>\
                   <script src=s.js></script><img src='data:image/png;base64,AAAA'>";
        let two = "<h1 id=b><a href=../index.html>x</a><a href='t%20wo.html'>x</a>";
        let css = "@import 'more.css'; p { background: url(data:,x) }";
        let missing = "<base href='/book/'><a href='index.html'>x</a>";
        assert_eq!(
            problems(&[
                ("index.html", one),
                ("deep/two.html", two),
                ("deep/index.html", ""),
                ("deep/t wo.html", ""),
                ("404.html", missing),
                ("s.js", "fetch('data.json'); fetch_with_timeout('https://play.rust-lang.org/x')"),
                ("s.css", css),
                ("more.css", ""),
            ]),
            [""; 0]
        );
    }

    #[test]
    fn a_link_to_nowhere_is_found_with_its_place() {
        assert_eq!(
            problems(&[
                (
                    "index.html",
                    "\n<a href=gone.html>x</a>\n<a href=two.html#gone>x</a><a href='#no'>"
                ),
                (
                    "two.html",
                    "<a href=../../x.html>x</a><a href='/else/'>x</a><a href='http:// x'>x</a>\
                     <a href=//x.html>x</a><a href=//x/y.html>x</a><a href=//host.example/x>x</a>"
                ),
                ("deep/three.html", "<a href='javascript:f()'>x</a><img src=no.png>"),
            ]),
            [
                "deep/three.html:1: javascript:f(): javascript: leads nowhere on a web site",
                "deep/three.html:1: loads deep/no.png, which is not there",
                "index.html:2: gone.html leads to gone.html, which is not there",
                "index.html:3: #no is nowhere on this page",
                "index.html:3: two.html#gone: two.html has no #gone",
                "two.html:1: ../../x.html: leads out of the site",
                "two.html:1: //x.html: this is no address of a page",
                "two.html:1: //x/y.html: this is no address of a page",
                "two.html:1: /else/: leads out of /book/",
                "two.html:1: http:// x leads to http:// x, which is not there",
            ]
        );
    }

    #[test]
    fn what_the_page_of_all_pages_repeats_is_said_once() {
        let dead = ("print.html", "<a href='#one-no'>");
        assert_eq!(
            problems(&[("one.html", "<a href='#no'>"), dead]),
            ["one.html:1: #no is nowhere on this page"]
        );
        assert_eq!(problems(&[dead]), ["print.html:1: #one-no is nowhere on this page"]);
    }

    #[test]
    fn what_asks_another_host_is_found_wherever_it_stands() {
        let page = "<script src=https://cdn.example/a.js></script>\
                    <link rel=stylesheet href=//cdn.example/b.css>\
                    <p style='background: url(https://cdn.example/c.png)'>\
                    <img srcset='https://cdn.example/d.png 2x'>\
                    <script>fetch(\"https://cdn.example/e\")</script>\
                    <body onload='f.src = \"//cdn.example/g\"'>\
                    <pre class=playground>";
        let script = "import('https://cdn.example/h'); x.open('GET', 'http://cdn.example/i')";
        let found = problems(&[
            ("index.html", page),
            ("a.js", script),
            ("b.js", "import x from 'https://cdn.example/j'\nnew WebSocket(`wss://cdn.example`)"),
            ("c.css", "@import url('https://cdn.example/k.css')"),
        ]);
        assert_eq!(found.len(), 12, "{found:#?}");
        assert!(found.iter().all(|one| one.contains("cdn.example") || one.contains(PLAYGROUND)));
    }
}
