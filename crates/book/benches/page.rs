//! What a page with diagrams weighs, and how soon its first diagram is there:
//! this book's page against the same chapter in a book with stock
//! mdbook-mermaid (its init script and the whole of mermaid) and mdBook's own
//! theme.
//!
//! ```sh
//! cargo bench --profile dev --bench page
//! ```
//!
//! Both are served from this machine, without compression, and loaded by turns
//! in a real Chromium with an empty cache. A figure is the median of its rounds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use chromiumoxide::cdp::browser_protocol::network::{EnableParams, EventLoadingFinished};
use chromiumoxide::{Browser, BrowserConfig};
use futures::{FutureExt, StreamExt};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use tower_http::services::ServeDir;

/// A short page, and the longest of those with many diagrams.
const PAGES: [&str; 2] = ["main-finishes-first.html", "cancelling.html"];

/// How often each page is loaded.
const ROUNDS: usize = 7;

/// At most this much of the stock page's bytes, and of its time.
const TARGETS: (f64, f64) = (0.45, 0.5);

/// The stock book: what `mdbook-mermaid install` adds, and nothing else. mdBook's
/// runner is off because it asks another host.
const STOCK: &str = r#"
[book]
title = "Context Switch"
[output.html]
additional-js = ["mermaid.min.js", "mermaid-init.js"]
[output.html.playground]
runnable = false
"#;

/// Notes when the first drawing is on the page, in ms since the page was asked
/// for. A reader of this book who always wants to see the answer is shown it.
const WATCH: &str = r#"
localStorage.setItem("context-switch.guess", "never");
const look = () => {
  if (document.querySelector("main svg[aria-roledescription=sequence]")) globalThis.firstDiagram = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"#;

/// What it took to load a page.
#[derive(Clone, Copy, Debug)]
struct Load {
    /// Bytes over the network, heads of answers included.
    bytes: f64,
    /// Requests.
    requests: usize,
    /// Milliseconds to the first diagram.
    diagram: f64,
}

#[tokio::main]
async fn main() -> ExitCode {
    match measure().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether both targets are met on every page.
async fn measure() -> Result<bool> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let folder = tempfile::tempdir()?;
    let (ours, stock) = (folder.path().join("ours"), folder.path().join("stock"));
    book::build::render(&root, &ours)?;
    stock_book(&root, &folder.path().join("source"), &stock)?;
    let (ours, stock) = (serve(ours).await?, serve(stock).await?);
    let config = BrowserConfig::builder()
        .user_data_dir(folder.path().join("profile"))
        .new_headless_mode()
        .no_sandbox()
        .window_size(1280, 900)
        .viewport(None)
        .args(["disable-quic", "disable-component-update"])
        .build()
        .map_err(|error| anyhow!(error))?;
    let (mut browser, mut events) = Browser::launch(config).await?;
    tokio::spawn(async move { while events.next().await.is_some() {} });
    // The first page that a browser shows pays for its start.
    load(&mut browser, &format!("{ours}{}", PAGES[0])).await?;
    let mut met = true;
    for page in PAGES {
        let (mut mine, mut theirs) = (vec![], vec![]);
        for _ in 0..ROUNDS {
            theirs.push(load(&mut browser, &format!("{stock}{page}")).await?);
            mine.push(load(&mut browser, &format!("{ours}{page}")).await?);
        }
        met &= report(page, &mine, &theirs);
    }
    browser.close().await?;
    browser.wait().await?;
    Ok(met)
}

/// The same chapters with mdBook's own theme and mdbook-mermaid as it comes.
fn stock_book(root: &Path, source: &Path, dest: &Path) -> Result<()> {
    fs::create_dir_all(source)?;
    let copied = Command::new("cp").arg("-r").arg(root.join("src")).arg(source).status()?;
    ensure!(copied.success(), "cannot copy the chapters");
    // It came with the crate, for the `install` command of the program.
    let assets = mermaid_crate(root)?.join("src/bin/assets");
    for file in ["mermaid.min.js", "mermaid-init.js"] {
        fs::copy(assets.join(file), source.join(file)).with_context(|| file.to_owned())?;
    }
    let mut config: Config = STOCK.parse()?;
    config.build.build_dir = dest.to_owned();
    let mut book = MDBook::load_with_config(source, config)?;
    book.with_preprocessor(mdbook_mermaid::Mermaid);
    book.build()
}

/// The folder of the crate mdbook-mermaid, of which this book uses the library.
fn mermaid_crate(root: &Path) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .current_dir(root)
        .output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("cargo's packages")?;
    let package = packages.iter().find(|package| package["name"] == "mdbook-mermaid");
    let manifest = package.and_then(|package| package["manifest_path"].as_str());
    let manifest = Path::new(manifest.context("mdbook-mermaid is no dependency")?);
    Ok(manifest.parent().context("a manifest in no folder")?.to_owned())
}

/// Serves a folder; gives its address.
async fn serve(folder: PathBuf) -> Result<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}/", listener.local_addr()?);
    let router = axum::Router::new().fallback_service(ServeDir::new(folder));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

/// Loads a page in a new private window: nothing is cached, and nothing compiled.
async fn load(browser: &mut Browser, url: &str) -> Result<Load> {
    browser.start_incognito_context().await?;
    let page = browser.new_page("about:blank").await?;
    page.execute(EnableParams::default()).await?;
    let mut finished = page.event_listener::<EventLoadingFinished>().await?;
    page.evaluate_on_new_document(WATCH).await?;
    page.goto(url).await?;
    let mut diagram = None;
    for _ in 0..600 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let found = page.evaluate_expression("globalThis.firstDiagram ?? 0").await?;
        diagram = found.into_value().ok().filter(|&ms: &f64| ms > 0.0);
        if diagram.is_some() {
            break;
        }
    }
    let diagram = diagram.with_context(|| format!("{url} shows no diagram"))?;
    // What comes behind the diagram counts as well.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (mut bytes, mut requests) = (0.0, 0);
    while let Some(Some(one)) = finished.next().now_or_never() {
        bytes += one.encoded_data_length;
        requests += 1;
    }
    page.close().await?;
    browser.quit_incognito_context().await?;
    Ok(Load { bytes, requests, diagram })
}

fn median(loads: &[Load], of: impl Fn(&Load) -> f64) -> f64 {
    let mut all: Vec<f64> = loads.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// Prints what was measured, and says whether the targets are met.
fn report(page: &str, ours: &[Load], stock: &[Load]) -> bool {
    println!("{page}, {ROUNDS} rounds in turn, served uncompressed on loopback, empty cache");
    for (whose, loads) in [("this book", ours), ("stock mdbook-mermaid", stock)] {
        let ms = |load: &Load| load.diagram;
        let least = loads.iter().map(ms).fold(f64::INFINITY, f64::min);
        let most = loads.iter().map(ms).fold(0.0, f64::max);
        println!(
            "  {whose:22}{:7.0} kB in {:2} requests, first diagram after {:5.0} ms ({least:.0} to {most:.0})",
            median(loads, |load| load.bytes) / 1e3,
            median(loads, |load| load.requests as f64),
            median(loads, ms),
        );
    }
    let ratio = |of: fn(&Load) -> f64| median(ours, of) / median(stock, of);
    let (bytes, time) = (ratio(|load| load.bytes), ratio(|load| load.diagram));
    println!(
        "  bytes {bytes:.2} of stock (at most {}), time {time:.2} of stock (at most {})",
        TARGETS.0, TARGETS.1
    );
    bytes <= TARGETS.0 && time <= TARGETS.1
}
