//! A real Chromium with a profile of its own, that can reach this machine only.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chromiumoxide::cdp::IntoEventKind;
use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams,
    SetScriptExecutionDisabledParams,
};
use chromiumoxide::cdp::browser_protocol::log::EventEntryAdded;
use chromiumoxide::cdp::browser_protocol::network::{self, EventRequestWillBeSent};
use chromiumoxide::cdp::browser_protocol::page::AddScriptToEvaluateOnNewDocumentParams;
use chromiumoxide::cdp::js_protocol::runtime::{
    EvaluateParams, EventConsoleApiCalled, EventExceptionThrown, RemoteObjectSubtype,
};
use chromiumoxide::detection::{DetectionOptions, default_executable};
use chromiumoxide::error::CdpError;
use chromiumoxide::{Browser as Chromium, BrowserConfig, Page};
use futures::StreamExt;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::wait_until;

/// A browser; it ends, and its profile goes, with the value. There are few at a
/// time: more would keep each other waiting.
pub struct Browser {
    chromium: Chromium,
    runtime: Arc<Runtime>,
    _profile: TempDir,
    _place: SemaphorePermit<'static>,
}

static PLACES: Semaphore = Semaphore::const_new(2);

/// A page that was opened, and all that went wrong on it.
pub struct Opened {
    page: Page,
    runtime: Arc<Runtime>,
    wrong: Arc<Mutex<Vec<String>>>,
}

impl Browser {
    /// None where there is no Chromium; then the test says so and is over.
    /// With `CONTEXT_SWITCH_REQUIRE_ALL=1` that is a failure.
    pub fn start() -> Option<Self> {
        let path = match default_executable(DetectionOptions::default()) {
            Ok(path) => path,
            Err(error) => {
                let install = "install Chromium (`apt install chromium`), or name one in CHROME";
                assert!(
                    !recorder::everything_required(),
                    "a browser is required: {install} ({error})"
                );
                eprintln!("skipped: no Chromium on this machine: {install} ({error})");
                return None;
            }
        };
        let profile = tempfile::tempdir().expect("a folder");
        let config = BrowserConfig::builder()
            .chrome_executable(path)
            .user_data_dir(profile.path())
            .new_headless_mode()
            .no_sandbox()
            // The size is set for each page.
            .viewport(None)
            .enable_cache()
            .disable_https_first()
            // What a busy machine may take.
            .launch_timeout(Duration::from_secs(120))
            .request_timeout(Duration::from_secs(120))
            .args(["disable-quic", "disable-component-update"])
            // Pages of Chromium's own, half of what a start costs.
            .arg(("disable-features", &["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"][..]))
            .arg(("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"))
            .build()
            .expect("a configuration");
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = Arc::new(runtime.expect("a runtime"));
        let place = runtime.block_on(PLACES.acquire()).expect("it is never closed");
        let (chromium, mut events) =
            runtime.block_on(Chromium::launch(config)).expect("Chromium starts");
        runtime.spawn(async move { while events.next().await.is_some() {} });
        Some(Self { chromium, runtime, _profile: profile, _place: place })
    }

    /// Opens `url` in a window of this width (CSS pixels), in one of mdBook's
    /// themes, and waits until all of its diagrams and stages are there.
    pub fn open(&self, url: &str, width: u32, theme: &str) -> Opened {
        self.open_with(url, width, theme, true)
    }

    /// The same without scripts.
    pub fn open_without_scripts(&self, url: &str, width: u32) -> Opened {
        self.open_with(url, width, "light", false)
    }

    fn open_with(&self, url: &str, width: u32, theme: &str, scripts: bool) -> Opened {
        let own = url.split('/').take(3).collect::<Vec<_>>().join("/");
        let opened = self.runtime.block_on(async {
            let page = self.chromium.new_page("about:blank").await.expect("a page");
            let opened =
                Opened { page, runtime: self.runtime.clone(), wrong: Arc::new(Mutex::default()) };
            let page = &opened.page;
            page.execute(network::EnableParams::default()).await.expect("its requests");
            page.enable_log().await.expect("its log");
            page.enable_runtime().await.expect("its console");
            opened.listen(logged).await;
            opened.listen(thrown).await;
            opened.listen(said).await;
            let host = own.clone();
            opened.listen(move |sent| asked(sent, &host)).await;
            let size = SetDeviceMetricsOverrideParams::new(width, 900, 1.0, width < 600);
            page.execute(size).await.expect("its size");
            if scripts {
                let source =
                    format!("try {{ localStorage.setItem('mdbook-theme', '{theme}') }} catch {{}}");
                let first = AddScriptToEvaluateOnNewDocumentParams::new(source);
                page.execute(first).await.expect("its theme");
            } else {
                let none = SetScriptExecutionDisabledParams::new(true);
                page.execute(none).await.expect("no scripts");
            }
            page.goto(url).await.expect(url);
            opened
        });
        if scripts {
            let drawn = "!document.querySelector('pre.mermaid:not([data-undrawn])')";
            wait_until("the diagrams", || opened.is(drawn));
            // A page that `trace` has written has none.
            let built = "!globalThis.contextSwitch?.Stage || document.documentElement.dataset.stages === 'built'";
            wait_until("the stages", || opened.is(built));
        }
        opened
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may be gone already; then so is what it would have to close.
        let _ = self.runtime.block_on(self.chromium.close());
        let _ = self.runtime.block_on(self.chromium.wait());
    }
}

impl Opened {
    /// Makes the window so wide, in CSS pixels.
    pub fn resize(&self, width: u32) {
        self.resize_to(width, 900);
    }

    /// The same, and so high.
    pub fn resize_to(&self, width: u32, height: u32) {
        let size = SetDeviceMetricsOverrideParams::new(width, height, 1.0, width < 600);
        self.runtime.block_on(self.page.execute(size)).expect("its size");
    }

    /// Whether this expression of JavaScript is true on the page.
    #[track_caller]
    pub fn is(&self, expression: &str) -> bool {
        self.value(expression) == true
    }

    /// The value of an expression of JavaScript, as JSON; null for none. Of a
    /// promise it is the value that it comes to.
    #[track_caller]
    pub fn value(&self, expression: &str) -> serde_json::Value {
        self.answer(expression).expect(expression)
    }

    /// What this promise comes to, as JSON, also where that takes long. To each
    /// request chromiumoxide 0.9 gives 30 s, whatever it was told, so the page keeps
    /// the answer until it is asked for; nor does it answer while it is busy.
    #[track_caller]
    pub fn comes_to(&self, promise: &str) -> serde_json::Value {
        self.value(&format!(
            "void (globalThis.came = [], setTimeout(() =>
               ({promise}).then(value => came.push(value), error => came.push(`${{error}}`))))"
        ));
        let mut came = serde_json::Value::Null;
        wait_until(promise, || match self.answer("globalThis.came") {
            Ok(mut all) => {
                came = all.get_mut(0).map(serde_json::Value::take).unwrap_or_default();
                !came.is_null()
            }
            Err(CdpError::Timeout) => false,
            Err(error) => panic!("{promise}: {error}"),
        });
        came
    }

    #[track_caller]
    fn answer(&self, expression: &str) -> Result<serde_json::Value, CdpError> {
        let json = format!("(async () => JSON.stringify(await ({expression})))()");
        let ask = EvaluateParams::builder().expression(json).await_promise(true);
        let ask = ask.build().expect("an expression");
        let found = &self.runtime.block_on(self.page.execute(ask))?.result;
        if let Some(details) = &found.exception_details {
            let said = details.exception.as_ref().and_then(|thrown| thrown.description.clone());
            panic!("{expression}: {} {}", details.text, said.unwrap_or_default());
        }
        assert_ne!(found.result.subtype, Some(RemoteObjectSubtype::Error), "{expression}");
        match &found.result.value {
            Some(serde_json::Value::String(json)) => Ok(serde_json::from_str(json).expect("JSON")),
            _ => Ok(serde_json::Value::Null),
        }
    }

    /// Presses a key and lets it go: `a`, `Tab`, `ArrowRight`.
    #[track_caller]
    pub fn press(&self, key: &str) {
        let pressed =
            async { self.page.find_element("body").await?.press_key(key).await.map(|_| ()) };
        self.runtime.block_on(pressed).expect(key);
    }

    /// Loads the page anew, as its reader may, and waits until it is there.
    pub fn reload(&self) {
        self.runtime.block_on(self.page.reload()).expect("a page that loads");
    }

    /// As if the system's setting for less motion were on.
    pub fn prefer_less_motion(&self) {
        let media = SetEmulatedMediaParams::builder()
            .feature(MediaFeature::new("prefers-reduced-motion", "reduce"))
            .build();
        self.runtime.block_on(self.page.execute(media)).expect("its media");
    }

    /// As it would come out of a printer.
    pub fn as_printed(&self) {
        let media = SetEmulatedMediaParams::builder().media("print").build();
        self.runtime.block_on(self.page.execute(media)).expect("its media");
    }

    /// Errors and warnings of the console, and requests to other hosts.
    pub fn wrong(&self) -> Vec<String> {
        self.wrong.lock().unwrap().clone()
    }

    /// Keeps what `fault` finds in the events of a kind.
    async fn listen<E: IntoEventKind + Send + Sync + Unpin + 'static>(
        &self,
        fault: impl Fn(&E) -> Option<String> + Send + 'static,
    ) {
        let mut events = self.page.event_listener::<E>().await.expect("its events");
        let wrong = self.wrong.clone();
        tokio::spawn(async move {
            while let Some(event) = events.next().await {
                wrong.lock().unwrap().extend(fault(&event));
            }
        });
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        // The browser may have gone first.
        let _ = self.runtime.block_on(self.page.clone().close());
    }
}

fn logged(added: &EventEntryAdded) -> Option<String> {
    let entry = &added.entry;
    Some(format!("{:?}: {} {}", entry.level, entry.text, entry.url.as_deref().unwrap_or("")))
}

fn thrown(thrown: &EventExceptionThrown) -> Option<String> {
    let details = &thrown.exception_details;
    let said = details.exception.as_ref().and_then(|thrown| thrown.description.clone());
    Some(format!("exception: {} {}", details.text, said.unwrap_or_default()))
}

fn said(called: &EventConsoleApiCalled) -> Option<String> {
    let said: Vec<_> = called.args.iter().filter_map(|arg| arg.value.clone()).collect();
    Some(format!("console: {said:?}"))
}

fn asked(sent: &EventRequestWillBeSent, own: &str) -> Option<String> {
    let url = &sent.request.url;
    let local = url.starts_with(own) || url.starts_with("data:");
    (!local).then(|| format!("request: {url}"))
}
