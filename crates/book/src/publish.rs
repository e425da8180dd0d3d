//! `publish`: everything is tested, then the site is built and checked, and
//! only then does it take the place of the one before.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`checks`] | the commands that have to succeed: what CI runs |
//! | [`page`] | what an HTML page asks for and leads to |
//! | [`links`] | a built site, checked |
//! | [`manifest`] | what a published site says of itself |

pub mod checks;
pub mod links;
pub mod manifest;
pub mod page;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use self::checks::Check;
use self::manifest::{Commit, Manifest};
use crate::build::{self, Built};
use crate::chapters::Chapters;
use crate::figures::Figures;
use crate::record::Plan;
use crate::runs::Runner;

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

/// Runs `checks` and all others, builds the site, and puts it in its place.
/// Returns the folder.
///
/// # Errors
///
/// Whatever is wrong, all of it together; the folder is then as it was.
pub fn publish(
    root: &Path,
    options: &Options,
    checks: &[Check],
    runner: &dyn Runner,
) -> Result<PathBuf> {
    // Before minutes of tests, what would make them vain.
    let commit = Commit::of(root)?;
    let dest = build::destination(root, Some(&options.dir))?;

    let (mut failures, tests) = checks::run(root, checks);
    let names = checks.iter().map(|check| check.name).collect();

    eprintln!("checking: recordings (`cargo run -- record --check`)");
    let recordings = recordings(root, runner, &mut failures);

    // What was checked is what will be built.
    match Commit::of(root) {
        Ok(now) if now.hash == commit.hash => {}
        Ok(_) => failures.push("another commit was checked out meanwhile".to_owned()),
        Err(error) => failures.push(format!("the sources changed meanwhile: {error:#}")),
    }

    eprintln!("checking: the site");
    let built = site(root, &dest, &options.base_path, &mut failures);
    let mut finished = None;
    if let Some((built, report, figures)) = built {
        if checks::runs_tests(checks) && tests.blocks != figures.all_blocks() {
            failures.push(format!(
                "tests: the pages have {} Rust blocks, and {} were tested",
                figures.all_blocks(),
                tests.blocks
            ));
        }
        let found = (names, tests);
        let manifest = Manifest::new(root, commit.clone(), found, recordings, &report, figures);
        match manifest.write(&built.site()) {
            Ok(()) => finished = Some((built, manifest)),
            Err(error) => failures.push(format!("site: {error:#}")),
        }
    }
    match finished {
        Some((built, manifest)) if failures.is_empty() => {
            let dest = built.put()?;
            eprintln!("{}", serde_json::to_string_pretty(&manifest)?);
            Ok(dest)
        }
        _ => {
            let count = recorder::draw::words::count(failures.len(), "failure");
            bail!("nothing was published, because of {count}:\n- {}", failures.join("\n- "))
        }
    }
}

/// Builds the site in a temporary folder and checks its links. Returns the
/// addresses of other hosts that they lead to.
///
/// # Errors
///
/// If it does not build, or a link inside it leads nowhere.
pub fn links(root: &Path) -> Result<BTreeSet<String>> {
    let site = tempfile::tempdir()?;
    build::render_below(root, site.path(), Some("/"))?;
    let report = links::check(site.path(), "/")?;
    ensure!(report.problems.is_empty(), "{}", report.problems.join("\n"));
    Ok(report.external)
}

/// Records every program anew; how many there are.
fn recordings(root: &Path, runner: &dyn Runner, failures: &mut Vec<String>) -> usize {
    let plan = match Plan::make(root, &[], runner) {
        Ok(plan) => plan,
        Err(error) => {
            failures.push(format!("recordings: {error:#}"));
            return 0;
        }
    };
    failures.extend(plan.errors.iter().map(|error| format!("recordings: {error}")));
    failures.extend(plan.skipped.iter().map(|skipped| format!("recordings: skipped: {skipped}")));
    if !plan.changes.is_empty() {
        let stale: Vec<String> =
            plan.changes.iter().map(|change| change.path.display().to_string()).collect();
        failures.push(format!("recordings: {}: stale: {}", plan.mend(), stale.join(", ")));
    }
    plan.recorded
}

/// Builds and checks the site, beside the place where it is to be.
fn site(
    root: &Path,
    dest: &Path,
    base_path: &str,
    failures: &mut Vec<String>,
) -> Option<(Built, links::Report, Figures)> {
    let mut make = || -> Result<_> {
        let figures = Figures::count(root, &Chapters::read(root)?, crate::record::runtime(root))?;
        if figures.blocks_ignored > 0 {
            let count = recorder::draw::words::count(figures.blocks_ignored, "Rust block");
            failures.push(format!("site: {count} ignored: nothing tests what it says"));
        }
        let built = build::stage(root, dest, Some(base_path))?;
        failures.extend(built.warnings.iter().map(|warning| format!("site: {warning}")));
        let report = links::check(&built.site(), base_path).context("cannot check the links")?;
        failures.extend(report.problems.iter().map(|problem| format!("site: {problem}")));
        Ok((built, report, figures))
    };
    let made = make();
    made.map_err(|error| failures.push(format!("site: {error:#}"))).ok()
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
