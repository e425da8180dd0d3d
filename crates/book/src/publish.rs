//! `publish`: everything is tested, then the site is built and checked, and
//! only then does it take the place of the one before.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`failures`] | what is wrong, said at once and again in the end |
//! | [`checks`] | the commands that have to succeed: what CI runs |
//! | [`heard`] | how many tests there were, as they say |
//! | [`page`] | what an HTML page asks for and leads to |
//! | [`links`] | a built site, checked |
//! | [`chromium`] | the browser that draws and writes for these two |
//! | [`pictures`] | diagrams, drawn before anybody reads |
//! | [`epub`] | the pages as one file for reading programs |
//! | [`sources`] | where what is wrong in it was written |
//! | [`python`] | the Python that the recordings are checked with |
//! | [`manifest`] | what a published site says of itself |

pub mod checks;
pub mod chromium;
pub mod epub;
pub mod failures;
pub mod heard;
pub mod links;
pub mod manifest;
pub mod page;
pub mod pictures;
pub mod python;
pub mod sources;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use pages::fences::Tested;
use pages::library::Book;

use self::checks::Check;
use self::failures::Failures;
use self::manifest::{Commit, Manifest};
use self::sources::Sources;
use crate::build::{self, Built};
use crate::figures::{self, Figures};
use crate::record::Plan;
use crate::runs::Runner;
use crate::staging;

/// What is to be published, and where.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Where the site goes: a new folder, or one that holds a site
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// The folder of the host that the site is served from: `/book/`
    #[arg(long, value_name = "PATH", default_value = "/", value_parser = base_path)]
    pub base_path: String,
}

/// Builds the site, runs `checks` and all others, and puts the site in its
/// place. Returns the folder. Without a `chromium` the site has no EPUB, and its
/// diagrams are drawn as they are read.
///
/// # Errors
///
/// Whatever is wrong, all of it together; the folder is then as it was.
pub fn publish(
    root: &Path,
    options: &Options,
    checks: &[Check],
    runner: &dyn Runner,
    chromium: Option<&Path>,
) -> Result<PathBuf> {
    // Before minutes of tests, what would make them vain.
    staging::sweep_below(&root.join("src"));
    let commit = Commit::of(root)?;
    let dest = build::destination(root, Some(&options.dir))?;
    let mut failures = Failures::default();

    let book = Book::read(root)?;

    eprintln!("checking: the site");
    let site = site(&book, &dest, &options.base_path, (&commit, chromium), &mut failures);
    eprintln!("checking: recordings (`cargo run -- record --check`)");
    let recordings = recordings(&book, runner, &mut failures);
    let tests = checks::run(root, checks, &mut failures);

    // What was built is what was checked.
    match Commit::of(root) {
        Ok(now) if now.hash == commit.hash => {}
        Ok(_) => failures.add("another commit was checked out meanwhile"),
        Err(error) => failures.add(format!("the sources changed meanwhile: {error:#}")),
    }
    let Some((built, report, figures)) = site else {
        failures.none()?;
        bail!("there is no site");
    };
    if checks::runs_tests(checks) && tests.blocks != figures.all_blocks() {
        failures.add(format!(
            "tests: the pages have {} Rust blocks, and {} passed",
            figures.all_blocks(),
            tests.blocks
        ));
    }
    failures.none()?;
    let names = checks.iter().map(|check| check.name).collect();
    let manifest = Manifest::new(root, commit, (names, tests), recordings, &report, figures);
    manifest.write(&built.site())?;
    let dest = built.put()?;
    eprintln!("{}", serde_json::to_string_pretty(&manifest)?);
    Ok(dest)
}

/// Builds the site in a temporary folder and checks its links. Returns the
/// addresses of other hosts that they lead to.
///
/// # Errors
///
/// If it does not build, or a link inside it leads nowhere.
pub fn links(root: &Path) -> Result<BTreeSet<String>> {
    let site = recorder::scratch::folder()?;
    build::render_below(root, site.path(), Some("/"), false)?;
    let report = links::check(site.path(), "/")?;
    let problems: Vec<String> = located(root, &report)?.into_iter().collect();
    ensure!(problems.is_empty(), "{}", problems.join("\n"));
    Ok(report.external)
}

/// The problems of a site, each once, with its place in the sources.
fn located(root: &Path, report: &links::Report) -> Result<BTreeSet<String>> {
    if report.problems.is_empty() {
        return Ok(BTreeSet::new());
    }
    let sources = Sources::read(root)?;
    Ok(report.problems.iter().map(|problem| sources.locate(problem)).collect())
}

/// Records every program anew; how many there are.
fn recordings(book: &Book, runner: &dyn Runner, failures: &mut Failures) -> usize {
    let here = python::version();
    if let Some(why) = python::unfit(&python::kept(book), here.as_deref()) {
        failures.add(format!("recordings: {why}"));
        if here.is_none() {
            // Each script would say so again.
            return 0;
        }
    }
    let plan = match Plan::make(book, &[], runner) {
        Ok(plan) => plan,
        Err(error) => {
            failures.add(format!("recordings: {error:#}"));
            return 0;
        }
    };
    for error in &plan.errors {
        failures.add(format!("recordings: {error}"));
    }
    for skipped in &plan.skipped {
        failures.add(format!("recordings: skipped: {skipped}"));
    }
    if !plan.changes.is_empty() {
        let stale: Vec<String> =
            plan.changes.iter().map(|change| change.path.display().to_string()).collect();
        failures.add(format!("recordings: {}: stale: {}", plan.mend(), stale.join(", ")));
    }
    plan.recorded
}

/// Builds and checks the site, beside the place where it is to be.
fn site(
    book: &Book,
    dest: &Path,
    base_path: &str,
    (commit, chromium): (&Commit, Option<&Path>),
    failures: &mut Failures,
) -> Option<(Built, links::Report, Figures)> {
    let root = book.root.as_path();
    let mut make = || -> Result<_> {
        let figures = Figures::count(book, figures::kept(book));
        for page in &book.pages {
            for (block, tested) in page.markdown().blocks() {
                if tested == Tested::Ignored {
                    let place = format!("{}:{}", page.path.display(), block.line);
                    failures.add(format!("site: {place}: a block is ignored: no test has it"));
                }
            }
        }
        let built = build::stage(root, dest, Some(base_path))?;
        for warning in &built.warnings {
            failures.add(format!("site: {warning}"));
        }
        if let Some(chromium) = chromium {
            press(root, &built.site(), commit, chromium)?;
        }
        let report = links::check(&built.site(), base_path).context("cannot check the links")?;
        for problem in located(root, &report)? {
            failures.add(format!("site: {problem}"));
        }
        Ok((built, report, figures))
    };
    let made = make();
    made.map_err(|error| failures.add(format!("site: {error:#}"))).ok()
}

/// Puts into `site` what only a browser can make: pictures and the EPUB.
fn press(root: &Path, site: &Path, commit: &Commit, chromium: &Path) -> Result<()> {
    eprintln!("drawing the diagrams");
    pictures::put(site, chromium)?;
    eprintln!("packing the EPUB");
    let book = build::config(root)?.book;
    let about = epub::About {
        title: book.title.unwrap_or_default(),
        description: book.description.unwrap_or_default(),
        language: book.language.unwrap_or("en".to_owned()),
        edition: commit.hash.clone(),
        modified: commit.date.clone(),
    };
    epub::put(root, site, &about, chromium)
}

/// `/book/` of `book`, `/book` and `/book/`.
fn base_path(path: &str) -> Result<String, String> {
    let path = path.trim_matches('/');
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.~/".contains(c);
    if !path.chars().all(plain) || path.split('/').any(|part| [".", ".."].contains(&part)) {
        return Err("a path of a web site: letters, digits, `-`, `_`, `.` and `~`".to_owned());
    }
    Ok(if path.is_empty() { "/".to_owned() } else { format!("/{path}/") })
}
