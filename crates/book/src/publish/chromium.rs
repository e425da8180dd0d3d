//! Chromium, which draws a page as a reader's browser does.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Names a Chromium, where none of [`NAMES`] is to be taken.
const CHROME: &str = "CHROME";

/// What it is called, here and there.
const NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The Chromium of this machine; where there is none, says what the site will lack.
///
/// # Errors
///
/// If there is none and everything is required.
pub fn found() -> Result<Option<PathBuf>> {
    let named = std::env::var_os(CHROME).map(PathBuf::from);
    let runs = |name: &PathBuf| {
        let version = Command::new(name).arg("--version").stderr(Stdio::null()).output();
        version.is_ok_and(|done| done.status.success())
    };
    let found = named.into_iter().chain(NAMES.map(PathBuf::from)).find(runs);
    if found.is_none() {
        let without = "there is no Chromium here: the site has no EPUB, and its pages draw their \
                       diagrams as they are read: install it, or name one in CHROME";
        ensure!(!recorder::everything_required(), "{without}");
        eprintln!("note: {without}");
    }
    Ok(found)
}

/// What the page `file` has become when its scripts have run: its HTML. It can
/// load what lies beside it, and nothing of another host.
///
/// # Errors
///
/// If Chromium fails, with what it said.
pub fn rendered(chromium: &Path, file: &Path) -> Result<String> {
    let url = url::Url::from_file_path(file).ok().context("a page has an absolute path")?;
    let profile = recorder::scratch::folder()?;
    let done = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
        .args(["--window-size=1280,900", "--host-resolver-rules=MAP * ~NOTFOUND"])
        // Of the page's own time: it takes as long as it takes.
        .args(["--virtual-time-budget=600000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(url.as_str())
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {}", chromium.display()))?;
    let said = String::from_utf8_lossy(&done.stderr);
    ensure!(
        done.status.success() && !done.stdout.is_empty(),
        "{} did not render a page: {}\n{said}",
        chromium.display(),
        done.status
    );
    String::from_utf8(done.stdout).context("Chromium's page is no UTF-8")
}
