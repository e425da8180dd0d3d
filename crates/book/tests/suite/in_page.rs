//! Python in the page: the book as plain files, on a host that knows nothing of it.

use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use book::{build, in_page};
use pages::library::Book;
use recording::event::{Language, Recording, What};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tower_http::services::ServeDir;

use crate::exercises;
use crate::support::book::repository;
use crate::support::browser::{Browser, Opened};
use crate::support::wait_until;

/// What is below the editor, and what stands there.
const SAYS: &str = "document.querySelector('.stage .errors')?.textContent.trim() ?? ''";
const FINDINGS: &str =
    "[...document.querySelectorAll('.changed .findings li')].map(one => one.textContent)";
const PRINTED: &str = "[...document.querySelectorAll('.changed .stage .output li:has(span)')].map(one => \
                       one.querySelector('time').textContent + ' ' + one.querySelector('span').textContent)";
const DONE: &str = "document.querySelector('.stage .record').textContent === 'Record'";

/// Python for the pages; none where `.ci/tools` has not been, which the test then says.
fn python() -> bool {
    let there = in_page::installed(&repository()).is_some();
    assert!(there || !recorder::everything_required(), "Python in the page is required");
    if !there {
        eprintln!("skipped: no Python for the pages: .ci/tools");
    }
    there
}

/// The site in a folder, made once for the tests that are under way.
fn site() -> Arc<TempDir> {
    static SITE: Mutex<Weak<TempDir>> = Mutex::new(Weak::new());
    // A test that failed says nothing about the site.
    let mut site = SITE.lock().unwrap_or_else(PoisonError::into_inner);
    site.upgrade().unwrap_or_else(|| {
        let made = Arc::new(tempfile::tempdir().unwrap());
        build::build(&repository(), Some(made.path().to_owned())).unwrap();
        *site = Arc::downgrade(&made);
        made
    })
}

/// A host of plain files, and what it was asked for.
struct Host {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
    _runtime: Runtime,
    _site: Arc<TempDir>,
}

impl Host {
    fn of(site: Arc<TempDir>) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = asked.clone();
        let hear = from_fn(move |request: Request, next: Next| {
            heard.lock().unwrap().push(request.uri().path().to_owned());
            next.run(request)
        });
        let app = Router::new().fallback_service(ServeDir::new(site.path())).layer(hear);
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        runtime.spawn(async { axum::serve(listener, app).await });
        Host { address, asked, _runtime: runtime, _site: site }
    }

    /// The files of Python that somebody asked for.
    fn python(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|path| path.starts_with("/python/")).cloned().collect()
    }
}

/// The chapter of v5, with its twin in the editor.
fn editing(browser: &Browser, host: &Host, width: u32, theme: &str) -> Opened {
    let url = format!("{}main-finishes-first.html#v5.python.1", host.address);
    let page = browser.open(&url, width, theme);
    wait_until("the stage", || page.is("!!document.querySelector('.stage .change')"));
    page.value("document.querySelector('.stage .change').click()");
    page
}

/// Takes this for the program, and records it.
fn record(page: &Opened, source: &str) {
    let source = serde_json::Value::from(source);
    page.value(&format!(
        "(text => {{ text.value = {source}; text.dispatchEvent(new Event('input')); }})(document.querySelector('.stage textarea'))"
    ));
    page.value("document.querySelector('.stage .record').click()");
    wait_until("the end of the recording", || page.is(DONE));
}

#[test]
fn on_a_host_of_plain_files_a_changed_script_is_recorded_in_the_page() {
    if !python() {
        return;
    }
    let Some(browser) = Browser::start() else { return };
    let host = Host::of(site());
    let page = editing(&browser, &host, 1280, "light");
    assert_eq!(page.value("document.querySelectorAll('.stage textarea').length"), 1);
    assert_eq!(host.python(), [""; 0], "nothing is loaded before it is asked for");

    let source = page.value("document.querySelector('.stage textarea').value");
    let source = source.as_str().unwrap().replace("World", "Moon").replace("sleep(1)", "sleep(2)");
    record(&page, &source);
    assert_eq!(page.value(SAYS), "");
    let printed = serde_json::json!(["0.000 Hello", "0.000 foo", "2.000 Moon", "2.000 (end)"]);
    assert_eq!(page.value(PRINTED), printed);
    assert!(page.is("document.querySelectorAll('.changed .lanes svg').length > 0"));
    assert!(page.is("document.querySelector('.changed .language').textContent.includes('3.14')"));
    assert_ne!(page.value(FINDINGS), serde_json::json!([]), "foo is dropped");
    let asked = host.python();
    assert_eq!(asked.iter().filter(|path| path.ends_with(".wasm.gz")).count(), 2, "{asked:?}");

    record(&page, &source.replace("Moon", "Sun"));
    assert!(page.value(PRINTED).to_string().contains("Sun"));
    let again = host.python();
    assert_eq!(
        again.iter().filter(|path| path.ends_with(".gz")).count(),
        9,
        "loaded once: {again:?}"
    );
    assert_eq!(page.wrong(), [""; 0]);
}

#[test]
fn an_exercise_is_judged_in_the_page() {
    if !python() {
        return;
    }
    let Some(browser) = Browser::start() else { return };
    let host = Host::of(site());
    let page = browser.open(&format!("{}{}", host.address, exercises::PAGE), 390, "coal");
    exercises::mend(&page, "Python");
    assert!(page.is("!document.querySelector('.exercise textarea[aria-label^=Rust]')"));
    for (file, says) in [
        ("start.py", "Not yet. It is over at 3 s, and can be at 1 s."),
        ("wrong_faster_pages.py", "Not yet. It is over at 900 ms"),
        ("solution.py", "Solved."),
    ] {
        let said = exercises::check(&page, "Python", file);
        assert!(said.starts_with(says), "{file}: {said}");
    }
    assert_eq!(page.wrong(), [""; 0]);
}

#[test]
fn what_is_wrong_with_a_script_and_what_a_page_cannot_do_is_said() {
    if !python() {
        return;
    }
    let Some(browser) = Browser::start() else { return };
    let host = Host::of(site());
    let page = editing(&browser, &host, 390, "coal");
    let says = |words: &str| {
        let said = page.value(SAYS);
        assert!(said.as_str().unwrap().contains(words), "{words}: {said}");
    };
    record(&page, "import asyncio\nprint(\n");
    says("It was not recorded.");
    says("Line 2: SyntaxError: '(' was never closed");
    record(
        &page,
        "import asyncio\nasync def main():\n    raise KeyError('x')\nasyncio.run(main())\n",
    );
    says("It did not end well");
    assert!(page.value(FINDINGS).to_string().contains("main raised at line 3: KeyError"));
    for (call, asks) in [
        ("await asyncio.to_thread(print, 1)", "a thread"),
        ("await asyncio.create_subprocess_exec('ls')", "another process"),
        ("await asyncio.open_connection('127.0.0.1', 80)", "a socket"),
        ("import socket; socket.socket()", "a socket"),
        ("open('/etc/passwd')", "a file"),
        ("input()", "input"),
    ] {
        record(
            &page,
            &format!("import asyncio\nasync def main():\n    {call}\nasyncio.run(main())\n"),
        );
        says(&format!("It asks for {asks}. In a page Python has no threads"));
        says("Line ");
        assert!(
            page.is("!document.querySelector('.changed .stage')"),
            "nothing is shown of {call}"
        );
    }
    record(&page, "import numpy\n");
    says("A page has a part of Python’s own library");
    let over = page.value("document.documentElement.scrollWidth - innerWidth");
    assert_eq!(over, 0, "px too wide");
    assert_eq!(page.wrong(), [""; 0]);
}

#[test]
fn an_endless_loop_is_stopped_by_its_reader_or_by_itself() {
    if !python() {
        return;
    }
    let Some(browser) = Browser::start() else { return };
    let host = Host::of(site());
    let page = editing(&browser, &host, 1280, "light");
    let endless = "import asyncio\nasync def main():\n    print('before')\n    while True:\n        pass\nasyncio.run(main())\n";
    record(&page, endless);
    let findings = page.value(FINDINGS).to_string() + page.value(SAYS).as_str().unwrap();
    assert!(findings.contains("main, from line 2 on, has had the thread"), "{findings}");
    let printed = page.value(PRINTED).to_string();
    assert!(
        printed.contains("before") && printed.contains("it was stopped after 10 s"),
        "{printed}"
    );

    page.value("document.querySelector('.stage .record').click()");
    wait_until("it runs", || page.value(SAYS) == "Recording …");
    page.value("document.querySelector('.stage .record').click()");
    wait_until("the end", || page.is(DONE));
    assert_eq!(page.value(SAYS), "Stopped.");
    // The page is as alive as before.
    record(&page, "print('still here')\n");
    assert!(page.value(PRINTED).to_string().contains("still here"));
    assert_eq!(page.wrong(), [""; 0]);
}

#[test]
fn with_the_keyboard_alone_a_script_is_changed_and_recorded() {
    if !python() {
        return;
    }
    let Some(browser) = Browser::start() else { return };
    let host = Host::of(site());
    let page = editing(&browser, &host, 1280, "light");
    assert!(page.is("document.activeElement.matches('.stage textarea')"));
    page.value("document.activeElement.setSelectionRange(0, 0)");
    for key in ["#", "a", "Enter"] {
        page.press(key);
    }
    let to = "document.activeElement.matches('.stage .record')";
    for _ in 0..80 {
        if page.is(to) {
            break;
        }
        page.press("Tab");
    }
    assert!(page.is(to), "`Record` is reached with Tab");
    page.press("Enter");
    wait_until("it begins", || !page.is(DONE));
    wait_until("it ends", || page.is(DONE));
    assert!(page.value(PRINTED).to_string().contains("1.000 World"));
}

#[test]
fn all_that_a_page_loads_for_it_is_six_megabytes_at_most() {
    if !python() {
        return;
    }
    let site = site();
    let files = std::fs::read_dir(site.path().join("python")).unwrap();
    let bytes: u64 = files.map(|file| file.unwrap().metadata().unwrap().len()).sum();
    assert!((4_000_000..=6_000_000).contains(&bytes), "{bytes} bytes");
}

/// The programs whose twins do the same in every version of Python.
const SAME: [&str; 8] = [
    "v5",
    "v8",
    "lost_update",
    "gather_three",
    "cancel_refused",
    "stream_item_by_item",
    "channel_between_tasks",
    "accounts_deadlocked",
];

/// What Python in a page records of a script, by its path in the repository; none where
/// there is no node.
fn page_records(script: &str) -> Option<Recording> {
    let root = repository();
    let record = root.join("crates/book/tests/suite/in_page/record.mjs");
    let Ok(done) = Command::new("node").arg(record).arg(&root).arg(script).output() else {
        assert!(!recorder::everything_required(), "node is required");
        eprintln!("skipped: no node");
        return None;
    };
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{script}: {said}");
    Some(Recording::read(&*done.stdout).unwrap_or_else(|error| panic!("{script}: {error} {said}")))
}

#[test]
fn python_in_the_page_records_what_the_machines_own_does() {
    if !python() {
        return;
    }
    let book = Book::read(&repository()).unwrap();
    for name in SAME {
        let Some(here) = page_records(&format!("examples/{name}/main.py")) else { return };
        assert!(here.header.runtime.starts_with("asyncio 3.14."), "{}", here.header.runtime);
        let kept = book.recording(name, Language::Python).expect(name);
        assert_eq!(here.events, kept.events, "{name}");
    }
}

#[test]
fn an_error_in_the_log_is_no_file_that_a_page_lacks() {
    if !python() {
        return;
    }
    let script = "crates/recorder/tests/findings/broken/callback_raises.py";
    let Some(here) = page_records(script) else { return };
    let printed = here.events.iter().filter_map(|event| match &event.what {
        What::Print { text, .. } => Some(text.as_str()),
        _ => None,
    });
    let printed: Vec<&str> = printed.collect();
    assert!(printed.contains(&"KeyError: 'token'"), "{printed:#?}");
    let library = printed.iter().find(|line| line.contains("events.py")).expect("asyncio calls it");
    assert!(library.starts_with("  File \"asyncio/events.py\""), "{library}");
}
