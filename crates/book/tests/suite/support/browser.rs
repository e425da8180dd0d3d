//! A real Chromium with a profile of its own, that can reach this machine only.

use std::ffi::OsStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use headless_chrome::protocol::cdp::Runtime::RemoteObjectSubtype;
use headless_chrome::protocol::cdp::types::Event;
use headless_chrome::protocol::cdp::{Emulation, Network, Page};
use headless_chrome::{LaunchOptions, Tab};

use super::wait_until;

/// A browser; it ends, and its profile goes, with the value. There is one at a
/// time: several would keep each other waiting.
pub struct Browser {
    browser: headless_chrome::Browser,
    _only: MutexGuard<'static, ()>,
}

static ONLY: Mutex<()> = Mutex::new(());

/// A page that was opened, and all that went wrong on it.
pub struct Opened {
    /// The page, to be driven.
    pub tab: Arc<Tab>,
    wrong: Arc<Mutex<Vec<String>>>,
}

impl Browser {
    /// None where there is no Chromium; then the test says so and is over.
    /// With `CONTEXT_SWITCH_REQUIRE_ALL=1` that is a failure.
    pub fn start() -> Option<Self> {
        let path = match headless_chrome::browser::default_executable() {
            Ok(path) => path,
            Err(error) => {
                let required =
                    std::env::var("CONTEXT_SWITCH_REQUIRE_ALL").is_ok_and(|all| all == "1");
                assert!(!required, "a browser is required: {error}");
                eprintln!("skipped: no Chromium on this machine ({error})");
                return None;
            }
        };
        let options = LaunchOptions {
            path: Some(path),
            sandbox: false,
            idle_browser_timeout: Duration::from_secs(120),
            args: [
                "--disable-quic",
                "--disable-component-update",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ]
            .map(OsStr::new)
            .to_vec(),
            ..LaunchOptions::default()
        };
        // A test that failed says nothing about the next one's browser.
        let only = ONLY.lock().unwrap_or_else(PoisonError::into_inner);
        let browser = headless_chrome::Browser::new(options).expect("Chromium starts");
        Some(Self { browser, _only: only })
    }

    /// Opens `url` in a window of this width (CSS pixels), in one of mdBook's
    /// themes, and waits until all of its diagrams are drawn.
    pub fn open(&self, url: &str, width: u32, theme: &str) -> Opened {
        self.open_with(url, width, theme, true)
    }

    /// The same without scripts.
    pub fn open_without_scripts(&self, url: &str, width: u32) -> Opened {
        self.open_with(url, width, "light", false)
    }

    fn open_with(&self, url: &str, width: u32, theme: &str, scripts: bool) -> Opened {
        let tab = self.browser.new_tab().expect("a tab");
        tab.set_default_timeout(Duration::from_secs(60));
        let wrong = Arc::new(Mutex::new(Vec::new()));
        tab.enable_log().and_then(|tab| tab.enable_runtime()).expect("its console");
        tab.call_method(network()).expect("its requests");
        let own = url.split('/').take(3).collect::<Vec<_>>().join("/");
        let (heard, host) = (wrong.clone(), own.clone());
        tab.add_event_listener(Arc::new(move |event: &Event| {
            if let Some(fault) = fault(event, &host) {
                heard.lock().unwrap().push(fault);
            }
        }))
        .expect("its events");
        let height = 900;
        tab.call_method(Emulation::SetDeviceMetricsOverride {
            width,
            height,
            device_scale_factor: 1.0,
            mobile: width < 600,
            ..nothing_else()
        })
        .expect("its size");
        if scripts {
            tab.call_method(Page::AddScriptToEvaluateOnNewDocument {
                source: format!(
                    "try {{ localStorage.setItem('mdbook-theme', '{theme}') }} catch {{}}"
                ),
                world_name: None,
                include_command_line_api: None,
                run_immediately: None,
            })
            .expect("its theme");
        } else {
            tab.call_method(Emulation::SetScriptExecutionDisabled { value: true })
                .expect("no scripts");
        }
        tab.navigate_to(url).and_then(|tab| tab.wait_until_navigated()).expect(url);
        let opened = Opened { tab, wrong };
        if scripts {
            // The driver may think that it is there while it still is on its way.
            let there =
                format!("location.href.startsWith('{own}') && document.readyState === 'complete'");
            wait_until("the page", || opened.is(&there));
            let drawn = "!document.querySelector('pre.mermaid:not([data-undrawn])')";
            wait_until("the diagrams", || opened.is(drawn));
        }
        opened
    }
}

impl Opened {
    /// Whether this expression of JavaScript is true on the page.
    pub fn is(&self, expression: &str) -> bool {
        self.value(expression) == true
    }

    /// The value of an expression of JavaScript, as JSON; null for none.
    #[track_caller]
    pub fn value(&self, expression: &str) -> serde_json::Value {
        let json = format!("JSON.stringify({expression})");
        let found = self.tab.evaluate(&json, true).expect(expression);
        let failed = matches!(found.subtype, Some(RemoteObjectSubtype::Error));
        assert!(!failed, "{expression}: {}", found.description.unwrap_or_default());
        match found.value {
            Some(serde_json::Value::String(json)) => serde_json::from_str(&json).expect("JSON"),
            _ => serde_json::Value::Null,
        }
    }

    /// As if the system's setting for less motion were on.
    pub fn prefer_less_motion(&self) {
        let feature = Emulation::MediaFeature {
            name: "prefers-reduced-motion".to_owned(),
            value: "reduce".to_owned(),
        };
        let media = Emulation::SetEmulatedMedia { media: None, features: Some(vec![feature]) };
        self.tab.call_method(media).expect("its media");
    }

    /// Errors and warnings of the console, and requests to other hosts.
    pub fn wrong(&self) -> Vec<String> {
        self.wrong.lock().unwrap().clone()
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        // The browser may have gone first.
        let _ = self.tab.close(false);
    }
}

fn fault(event: &Event, own: &str) -> Option<String> {
    match event {
        Event::LogEntryAdded(added) => {
            let entry = &added.params.entry;
            Some(format!(
                "{:?}: {} {}",
                entry.level,
                entry.text,
                entry.url.as_deref().unwrap_or("")
            ))
        }
        Event::RuntimeExceptionThrown(thrown) => {
            let details = &thrown.params.exception_details;
            let said = details.exception.as_ref().and_then(|thrown| thrown.description.clone());
            Some(format!("exception: {} {}", details.text, said.unwrap_or_default()))
        }
        Event::RuntimeConsoleAPICalled(called) => {
            let said: Vec<_> =
                called.params.args.iter().filter_map(|arg| arg.value.clone()).collect();
            Some(format!("console: {said:?}"))
        }
        Event::NetworkRequestWillBeSent(sent) => {
            let url = &sent.params.request.url;
            let local = url.starts_with(own) || url.starts_with("data:");
            (!local).then(|| format!("request: {url}"))
        }
        _ => None,
    }
}

fn network() -> Network::Enable {
    serde_json::from_str("{}").expect("all of it is optional")
}

fn nothing_else() -> Emulation::SetDeviceMetricsOverride {
    serde_json::from_str(r#"{"width":0,"height":0,"deviceScaleFactor":1,"mobile":false}"#)
        .expect("the rest is optional")
}
