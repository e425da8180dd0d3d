//! The book as an EPUB: the site's own pages, as XHTML, in one file.
//!
//! Chromium reads the pages and writes the XHTML, by `epub/pages.js`. The same
//! commit makes the same file: it holds no time but the commit's.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use anyhow::{Context, Result, bail, ensure};
use percent_encoding::percent_decode_str;
use regex::{Captures, Regex};
use serde::Deserialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{checks, chromium, links};

/// The file, in the site.
pub const FILE: &str = "book.epub";

const PAGES: &str = include_str!("epub/pages.js");
const STYLE: &str = include_str!("epub/style.css");

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"#;

/// What a reading program shows of a book before it is opened.
#[derive(Clone, Debug)]
pub struct About {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Its language: `en`.
    pub language: String,
    /// What no other edition has: the hash of the commit.
    pub edition: String,
    /// When that was made, in UTC: `2026-01-31T12:00:00Z`.
    pub modified: String,
}

/// What `pages.js` gives back.
#[derive(Deserialize)]
struct Book {
    chapters: Vec<Chapter>,
    nav: String,
    style: String,
    images: Vec<String>,
}

#[derive(Deserialize)]
struct Chapter {
    file: String,
    /// Whether there is a drawing in it.
    svg: bool,
    xhtml: String,
}

static SCRIPT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?s)<script.*?</script>").expect("it is one"));

/// mdBook's link to the page for printing, in the bar of each page.
static PRINT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"<a href="((?:\.\./)*)print\.html" title="#).expect("it is one"));

/// Beside that: an arrow down to a line.
const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 512 512\">\
    <path d=\"M216 32h80v192h88L256 368 128 224h88zM48 416h416v64H48z\"/></svg>";

/// Makes the EPUB of the pages of `site`, has it checked by epubcheck, and puts a
/// link to it on each page.
///
/// # Errors
///
/// If Chromium or epubcheck is not there, fails, or finds something wrong.
pub fn put(root: &Path, site: &Path, about: &About, chromium: &Path) -> Result<()> {
    let book = read(site, chromium)?;
    let file = site.join(FILE);
    pack(&file, site, &book, about).with_context(|| format!("cannot write {}", file.display()))?;
    check(root, &file)?;
    for (name, text) in links::pages(site)? {
        let text = PRINT.replace(&text, |print: &Captures<'_>| {
            let what = "Download this book as an EPUB";
            format!(
                "<a href=\"{}{FILE}\" title=\"{what}\" aria-label=\"{what}\" download>\
                 <span class=\"fa-svg\">{ICON}</span></a>{}",
                &print[1], &print[0]
            )
        });
        fs::write(site.join(&name), &*text)
            .with_context(|| format!("cannot write {name} of the site"))?;
    }
    Ok(())
}

fn read(site: &Path, chromium: &Path) -> Result<Book> {
    let mut pages = links::pages(site)?;
    let contents = pages.remove("toc.html").context("the site has no toc.html")?;
    pages.retain(|name, _| !["print.html", "index.html", "404.html"].contains(&&**name));
    let given = serde_json::json!({ "contents": contents, "pages": &pages }).to_string();
    let any = pages.iter().find(|(_, page)| page.contains("drawing-style"));
    let (name, any) = any.or(pages.iter().next()).context("the site has no pages")?;
    // Its colours, and none of its scripts.
    let head = any.split("<body").next().unwrap_or_default();
    let head = SCRIPT.replace_all(head, "");
    let file = site.join(name).with_file_name("packing.html");
    let page = format!(
        "{head}<body><script type=\"application/json\" id=\"site\">{}</script><script>{PAGES}</script></body></html>",
        given.replace('<', "\\u003c")
    );
    fs::write(&file, page).with_context(|| format!("cannot write {}", file.display()))?;
    let made = chromium::rendered(chromium, &file);
    fs::remove_file(&file)?;
    let made = made?;
    let book = made.split_once("<pre id=\"book\">").and_then(|(_, rest)| rest.split_once('<'));
    let (book, _) = book.context("Chromium did not turn the pages into XHTML")?;
    let book = percent_decode_str(book).decode_utf8()?;
    serde_json::from_str(&book).context("what Chromium made of the pages cannot be read")
}

/// Writes the file. What says that it is an EPUB comes first, not compressed.
fn pack(file: &Path, site: &Path, book: &Book, about: &About) -> Result<()> {
    // The earliest time that there is, so that it is the same each time.
    let plain = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let stored = plain.compression_method(CompressionMethod::Stored);
    let compressed = plain.compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(File::create(file)?);
    let mut add = |name: &str, options, bytes: &[u8]| -> Result<()> {
        zip.start_file(name, options)?;
        Ok(zip.write_all(bytes)?)
    };
    add("mimetype", stored, b"application/epub+zip")?;
    add("META-INF/container.xml", compressed, CONTAINER.as_bytes())?;
    add("book/package.opf", compressed, package(book, about)?.as_bytes())?;
    add("book/nav.xhtml", compressed, book.nav.as_bytes())?;
    add("book/style.css", compressed, format!("{STYLE}\n{}\n", book.style).as_bytes())?;
    for chapter in &book.chapters {
        add(&format!("book/{}", chapter.file), compressed, chapter.xhtml.as_bytes())?;
    }
    for image in &book.images {
        let bytes = fs::read(site.join(image)).with_context(|| format!("cannot read {image}"))?;
        add(&format!("book/{image}"), compressed, &bytes)?;
    }
    zip.finish()?;
    Ok(())
}

/// What is in the book, and in which order.
fn package(book: &Book, about: &About) -> Result<String> {
    let (mut items, mut order) = (String::new(), String::new());
    for (number, Chapter { file, svg, .. }) in book.chapters.iter().enumerate() {
        let svg = if *svg { " properties=\"svg\"" } else { "" };
        items += &format!(
            "<item id=\"chapter-{number}\" href=\"{}\" media-type=\"application/xhtml+xml\"{svg}/>\n",
            escaped(file)
        );
        order += &format!("<itemref idref=\"chapter-{number}\"/>\n");
    }
    for (number, image) in book.images.iter().enumerate() {
        let kind = match image.rsplit('.').next() {
            Some("svg") => "image/svg+xml",
            Some("png") => "image/png",
            Some("jpg" | "jpeg") => "image/jpeg",
            _ => bail!("no EPUB may have an image like {image}"),
        };
        let image = escaped(image);
        items += &format!("<item id=\"image-{number}\" href=\"{image}\" media-type=\"{kind}\"/>\n");
    }
    let About { title, description, language, edition, modified } = about;
    let (title, description) = (escaped(title), escaped(description));
    Ok(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="edition" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="edition">{edition}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:description>{description}</dc:description>
<dc:language>{language}</dc:language>
<meta property="dcterms:modified">{modified}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{items}</manifest>
<spine>
{order}</spine>
</package>
"#
    ))
}

/// A text between tags, or in an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn check(root: &Path, file: &Path) -> Result<()> {
    let done =
        Command::new("epubcheck").arg(file).env("PATH", checks::path(root)).output().context(
            "there is no `epubcheck` here that runs: `.ci/tools` installs it below target/",
        )?;
    let said = [done.stdout, done.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    ensure!(done.status.success(), "epubcheck has this to say:\n{}", said.concat().trim());
    Ok(())
}
