//! What a page with diagrams weighs, and how soon its first diagram is there:
//! this book's page, as it is published, against the same chapter in a book with stock
//! mdbook-mermaid (its init script and the whole of mermaid) and mdBook's own
//! theme.
//!
//! ```sh
//! cargo bench --profile dev --bench page
//! ```
//!
//! Both are served from this machine, without compression, and loaded by turns
//! in a real Chromium with an empty cache: as fast as that goes, and as slowly as
//! over a network, which Chromium imitates. A time is the median of its rounds.
//! The bytes are counted in a load of their own: to be told of each request
//! takes time, and the more the more requests there are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use book::publish::{chromium, pictures};
use chromiumoxide::cdp::browser_protocol::network::{
    EmulateNetworkConditionsByRuleParams, EnableParams, EventLoadingFinished, NetworkConditions,
};
use chromiumoxide::{Browser, BrowserConfig, Page};
use futures::{FutureExt, StreamExt};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use tower_http::services::ServeDir;

/// A short page, and the longest of those with many diagrams.
const PAGES: [&str; 2] = ["main-finishes-first.html", "cancelling.html"];

/// How often each page is loaded.
const ROUNDS: usize = 7;

/// At most this much of the stock page's bytes, and of its time over a network.
const TARGETS: (f64, f64) = (0.45, 0.5);

/// Over which networks the pages come: its name, the time there and back in ms,
/// and bytes a second; none for this machine itself, where all bytes are there
/// at once and what mdBook does before any diagram is most of both times. The
/// other is Lighthouse's dense 4G.
const NETWORKS: [(&str, Option<(f64, f64)>); 2] =
    [("4G (10 Mbit/s, 40 ms)", Some((40.0, 10.24e6 / 8.0))), ("loopback", None)];

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

/// What came over the network for a page.
#[derive(Clone, Copy, Debug)]
struct Weight {
    /// Bytes, heads of answers included.
    bytes: f64,
    /// Requests.
    requests: usize,
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
    let root = pages::place::root()?;
    let folder = tempfile::tempdir()?;
    let (ours, stock) = (folder.path().join("ours"), folder.path().join("stock"));
    book::build::render(&root, &ours)?;
    // As it is published: with its diagrams drawn.
    let chromium = chromium::found()?.context("Chromium is needed")?;
    pictures::put(&ours, &chromium)?;
    stock_book(&root, &folder.path().join("source"), &stock)?;
    let (ours, stock) = (serve(ours).await?, serve(stock).await?);
    let config = BrowserConfig::builder()
        .user_data_dir(folder.path().join("profile"))
        .new_headless_mode()
        .no_sandbox()
        .window_size(1280, 900)
        .viewport(None)
        .args(["disable-quic", "disable-component-update"])
        // Chromium loads pages of its own for a new window, beside ours.
        .arg(("disable-features", &["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"][..]))
        .build()
        .map_err(|error| anyhow!(error))?;
    let (mut browser, mut events) = Browser::launch(config).await?;
    tokio::spawn(async move { while events.next().await.is_some() {} });
    // The first page that a browser shows pays for its start.
    first_diagram(&mut browser, &format!("{ours}{}", PAGES[0]), None).await?;
    let mut met = true;
    for page in PAGES {
        let (mine, theirs) = (format!("{ours}{page}"), format!("{stock}{page}"));
        let weights = [weigh(&mut browser, &mine).await?, weigh(&mut browser, &theirs).await?];
        println!("{page}");
        met &= report_weights(weights);
        for (network, limits) in NETWORKS {
            let mut times = [vec![], vec![]];
            for _ in 0..ROUNDS {
                times[1].push(first_diagram(&mut browser, &theirs, limits).await?);
                times[0].push(first_diagram(&mut browser, &mine, limits).await?);
            }
            met &= report_times(network, times) || limits.is_none();
        }
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

/// A new private window: nothing is cached, and nothing compiled.
async fn window(browser: &mut Browser) -> Result<Page> {
    browser.start_incognito_context().await?;
    let page = browser.new_page("about:blank").await?;
    page.evaluate_on_new_document(WATCH).await?;
    // So that the window itself is no part of it.
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok(page)
}

/// Loads a page and gives the time to its first diagram, in ms.
async fn first_diagram(
    browser: &mut Browser,
    url: &str,
    limits: Option<(f64, f64)>,
) -> Result<f64> {
    let page = window(browser).await?;
    if let Some((latency, rate)) = limits {
        let all = vec![NetworkConditions::new("", latency, rate, rate)];
        page.execute(EmulateNetworkConditionsByRuleParams::new(false, all)).await?;
    }
    page.goto(url).await?;
    let diagram = until_drawn(&page).await.with_context(|| format!("{url} shows no diagram"))?;
    close(browser, page).await?;
    Ok(diagram)
}

/// Loads a page and counts what comes for it, also behind the first diagram.
async fn weigh(browser: &mut Browser, url: &str) -> Result<Weight> {
    let page = window(browser).await?;
    page.execute(EnableParams::default()).await?;
    let mut finished = page.event_listener::<EventLoadingFinished>().await?;
    page.goto(url).await?;
    until_drawn(&page).await.with_context(|| format!("{url} shows no diagram"))?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let mut weight = Weight { bytes: 0.0, requests: 0 };
    while let Some(Some(one)) = finished.next().now_or_never() {
        weight.bytes += one.encoded_data_length;
        weight.requests += 1;
    }
    close(browser, page).await?;
    Ok(weight)
}

/// When the first diagram was there, in ms since the page was asked for; none
/// if it is not within half a minute.
async fn until_drawn(page: &Page) -> Option<f64> {
    for _ in 0..600 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let found = page.evaluate_expression("globalThis.firstDiagram ?? 0").await.ok()?;
        let diagram = found.into_value().ok().filter(|&ms: &f64| ms > 0.0);
        if diagram.is_some() {
            return diagram;
        }
    }
    None
}

async fn close(browser: &mut Browser, page: Page) -> Result<()> {
    page.close().await?;
    browser.quit_incognito_context().await?;
    Ok(())
}

/// Prints the weights of this book's page and of the stock one, in this order;
/// whether the target is met.
fn report_weights(weights: [Weight; 2]) -> bool {
    let [ours, stock] = weights.map(|weight| weight.bytes);
    println!(
        "  {:.0} kB in {} requests, stock mdbook-mermaid {:.0} kB in {}: {:.2} of it (target {})",
        ours / 1e3,
        weights[0].requests,
        stock / 1e3,
        weights[1].requests,
        ours / stock,
        TARGETS.0,
    );
    ours / stock <= TARGETS.0
}

/// Prints the times of both; whether the target is met.
fn report_times(network: &str, times: [Vec<f64>; 2]) -> bool {
    let [ours, stock] = times.map(|mut all| {
        all.sort_by(f64::total_cmp);
        all
    });
    let shown = |all: &[f64]| {
        format!("{:.0} ms ({:.0} to {:.0})", all[ROUNDS / 2], all[0], all[ROUNDS - 1])
    };
    let ratio = ours[ROUNDS / 2] / stock[ROUNDS / 2];
    println!(
        "  first diagram over {network} after {}, stock {}: {ratio:.2} of it (target {} on a network)",
        shown(&ours),
        shown(&stock),
        TARGETS.1,
    );
    ratio <= TARGETS.1
}
