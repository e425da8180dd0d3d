//! `cargo run`: what it serves, and what it does when something changes.

use std::fs;
use std::net::TcpListener;
use std::thread;

use crate::support::book::{Book, LISTING};
use crate::support::reader::{Reader, command};
use crate::support::wait_until;

fn reading(book: &Book) -> Reader {
    Reader::start(&book.path(""))
}

#[test]
fn the_printed_address_answers_with_the_book() {
    let reader = reading(&Book::new());
    assert!(reader.page("/").contains("The first page."));
    assert!(reader.page("/deep/two.html").contains("sequenceDiagram"));
}

#[test]
fn a_taken_port_is_an_error_that_names_the_option() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ended = command(&Book::new().path("")).args(["--port", &port]).output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(!ended.status.success());
    assert!(said.contains(&port) && said.contains("--port"), "{said}");
    assert!(ended.stdout.is_empty(), "no address that is another's");
}

#[test]
fn a_saved_chapter_a_new_style_and_a_new_title_show_at_once() {
    let book = Book::new();
    let reader = reading(&book);
    book.write("src/one.md", "# One\n\nThe same page, changed.\n");
    wait_until("the new text", || reader.page("/").contains("The same page, changed."));
    book.write("theme/style/text.css", "body { color: rebeccapurple }\n");
    wait_until("the new style", || {
        let page = reader.page("/");
        let (_, rest) = page.split_once("theme/style/text").expect("a style sheet");
        let (hash, _) = rest.split_once('"').expect("its address");
        reader.ask(&format!("/theme/style/text{hash}"), "").0.contains("rebeccapurple")
    });
    let toml = fs::read_to_string(book.path("book.toml")).unwrap();
    book.write("book.toml", &toml.replace("Context Switch", "Another Name"));
    wait_until("the new title", || reader.page("/").contains("Another Name"));
}

#[test]
fn a_broken_chapter_keeps_the_old_page_until_it_is_mended() {
    let book = Book::new();
    let reader = reading(&book);
    book.write("src/one.md", "# One\n\nBroken.\n\n{{#include nowhere.rs}}\n");
    wait_until("the error", || reader.log().contains("nowhere.rs"));
    assert!(reader.page("/").contains("The first page."));
    book.write("src/one.md", "# One\n\nMended.\n");
    wait_until("the mended page", || reader.page("/").contains("Mended."));
}

#[test]
fn saved_during_a_build_it_still_shows_and_no_page_is_ever_half_there() {
    /// How often the chapters are saved.
    const SAVED: usize = 12;
    let text = |version: usize| {
        let filling = "A line of the page.\n\n".repeat(500);
        format!("# Page\n\nBegins {version}.\n\n{filling}Ends {version}.\n")
    };
    let book = Book::new();
    // As many editors do: the new text is there all at once.
    let save = |name: &str, version: usize| {
        book.write("saved", &text(version));
        fs::rename(book.path("saved"), book.path(name)).unwrap();
    };
    save("src/one.md", 0);
    save("src/deep/two.md", 0);
    let reader = reading(&book);
    let version = |path: &str| -> usize {
        let page = reader.page(path);
        let number = |word: &str| {
            let (_, rest) = page.split_once(word).unwrap_or_else(|| panic!("no {word}: {page}"));
            rest.split('.').next().unwrap().parse().unwrap()
        };
        let (begins, ends): (usize, usize) = (number("Begins "), number("Ends "));
        assert_eq!(begins, ends, "two versions in one page");
        assert!(page.trim_end().ends_with("</html>"), "{page}");
        begins
    };
    let builds = || reader.log().matches("building the book").count();
    let pages = ["/one.html", "/deep/two.html"];
    thread::scope(|scope| {
        let saving = scope.spawn(|| {
            let mut during = 0;
            for saved in 1..=SAVED {
                let before = builds();
                save("src/one.md", saved);
                wait_until("the next build", || builds() > before);
                // The one chapter while the other is being built.
                save("src/deep/two.md", saved);
                during += usize::from(reader.log().ends_with("building the book\n"));
            }
            wait_until("both", || pages.iter().all(|path| version(path) == SAVED));
            during
        });
        let (mut last, mut asked) = ([0, 0], 0);
        while !saving.is_finished() {
            for (path, last) in pages.iter().zip(&mut last) {
                let now = version(path);
                assert!(now >= *last, "{path} went back from {last} to {now}");
                (*last, asked) = (now, asked + 1);
            }
        }
        let during = saving.join().unwrap();
        assert!(during > 0, "none was saved during a build");
        assert!(asked > SAVED, "the pages were hardly read");
    });
}

#[test]
fn a_book_that_never_built_is_served_once_it_does() {
    let book = Book::new();
    book.write("src/SUMMARY.md", "# Summary\n\n- [Missing](missing.md)\n");
    let reader = reading(&book);
    assert_eq!(reader.ask("/", "").status(), 500);
    wait_until("the error", || reader.log().contains("missing.md"));
    book.write("src/missing.md", "# Missing\n\nHere it is.\n");
    wait_until("the page", || reader.ask("/", "").0.contains("Here it is."));
}

#[test]
fn a_changed_program_is_named_with_the_command_that_records_it() {
    let book = Book::new();
    book.write("src/one.md", &format!("# One\n\n{LISTING}"));
    let reader = reading(&book);
    let command = "`cargo run -- record v0`";
    let named = || reader.log().matches(command).count();
    assert_eq!(named(), 0);
    let anchored = |before: &str, shown: &str| {
        format!("{before}// ANCHOR: listing\n{shown}\n// ANCHOR_END: listing\n")
    };
    // What is not shown of it may change.
    book.write("examples/v0/main.rs", &anchored("use std::fmt;\n", "fn main() {}"));
    book.write("src/deep/two.md", "# Two\n\nSaved later.\n");
    wait_until("the page", || reader.page("/deep/two.html").contains("Saved later."));
    assert_eq!(named(), 0, "{}", reader.log());
    book.write("examples/v0/main.rs", &anchored("", "fn main() { }"));
    wait_until("the command", || named() == 1);
    // Recorded, and changed again: it is named again.
    let recorded = LISTING.replace("{}", "{ }");
    book.write("src/one.md", &format!("# Recorded\n\n{recorded}"));
    wait_until("the page", || reader.page("/").contains("Recorded"));
    book.write("examples/v0/main.rs", "fn main() {}\n");
    wait_until("the command again", || named() == 2);
    // A reader that begins now hears of it too.
    assert!(reading(&book).log().contains(command));
}

#[test]
fn a_program_that_was_only_saved_has_not_changed() {
    let book = Book::new();
    let reader = reading(&book);
    let same = fs::read_to_string(book.path("examples/v0/main.rs")).unwrap();
    book.write("examples/v0/main.rs", &same);
    // A later change is seen, and it is the only one.
    book.write("src/one.md", "# One\n\nSaved later.\n");
    wait_until("the page", || reader.page("/").contains("Saved later."));
    assert!(!reader.log().contains("v0"), "{}", reader.log());
}

#[test]
fn an_unknown_address_gets_the_books_own_page() {
    let book = Book::new();
    book.write("src/404.md", "# No such page\n");
    let reader = reading(&book);
    for path in ["/nothing", "/deep/er/nothing.html", "/nothing.js"] {
        let answer = reader.ask(path, "");
        assert_eq!(answer.status(), 404, "{path}");
        assert!(answer.0.contains("No such page"), "{path}");
    }
}

#[test]
fn nothing_outside_of_the_built_pages_is_served() {
    let reader = reading(&Book::new());
    let inside = reader.page("/one.html");
    assert!(inside.contains("The first page."));
    for path in [
        "/../book.toml",
        "/deep/../../book.toml",
        "/%2e%2e/book.toml",
        "/..%2fbook.toml",
        "//etc/passwd",
        "/book.toml",
    ] {
        let answer = reader.ask(path, "");
        assert!(answer.status() >= 400, "{path}: {}", answer.status());
        assert!(!answer.0.contains("[book]") && !answer.0.contains("root:"), "{path}");
    }
}

#[test]
fn only_this_machine_by_its_own_name_is_answered() {
    let reader = reading(&Book::new());
    let port = reader.host().rsplit_once(':').unwrap().1;
    let host = |name: &str| reader.ask("/", &format!("Host: {name}:{port}\r\n")).status();
    assert_eq!(host("localhost"), 200);
    assert_eq!(host("rebound.example"), 403);
    let news = |origin: &str| {
        let headers = format!(
            "Origin: {origin}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        );
        reader.ask("/-/news", &headers).status()
    };
    assert_eq!(news("http://foreign.example"), 403);
    assert_eq!(news("null"), 403);
}

#[test]
fn files_have_their_types_and_are_never_cached() {
    let reader = reading(&Book::new());
    let page = reader.page("/");
    let style = page.split('"').find(|part| part.starts_with("theme/style/text")).unwrap();
    for (path, kind) in [
        ("/", "text/html"),
        (&*format!("/{style}"), "text/css"),
        ("/assets/mermaid-sequence.min.js", "text/javascript"),
    ] {
        let answer = reader.ask(path, "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n");
        assert_eq!(answer.status(), 200, "{path}");
        assert!(answer.has(&format!("content-type: {kind}")), "{path}");
        assert!(answer.has("cache-control: no-store"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_and_the_end_of_its_terminal_end_it_and_leave_nothing_behind() {
    for signal in ["INT", "TERM", "HUP"] {
        let reader = reading(&Book::new());
        let temporary = reader.temporary.clone();
        let files = || fs::read_dir(temporary.path()).unwrap().count();
        assert!(reader.page("/").contains("The first page."));
        assert!(files() > 0, "builds stand there");
        let (status, log) = reader.end(signal);
        assert!(status.success(), "{signal}: {status}: {log}");
        assert_eq!(files(), 0, "{signal}: and are gone");
    }
}
