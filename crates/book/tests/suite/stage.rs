//! The stage, used by somebody who reads the book.

use std::sync::Arc;
use std::time::{Duration, Instant};

use pages::library::Book;

use crate::support::book::repository;
use crate::support::browser::{Browser, Opened};
use crate::support::reader::Reader;
use crate::support::wait_until;

/// Expressions about the first stage of a page.
const OPEN: &str = "document.querySelector('.stage').dataset.state === 'open'";
const SENTENCE: &str = "document.querySelector('.stage .side.shown .say').textContent";
const COUNT: &str = "document.querySelector('.stage .count').textContent";
const PRINTED: &str = "[...document.querySelectorAll('.stage .side.shown .output li:not(.coming) span')].map(line => line.textContent)";

/// The real book, served.
fn book() -> Arc<Reader> {
    Reader::of_the_book()
}

/// The chapter of v5, with its stage in place.
fn v5(browser: &Browser, reader: &Reader, after: &str, width: u32) -> Opened {
    let url = format!("{}main-finishes-first.html{after}", reader.address);
    ready(browser.open(&url, width, "light"))
}

fn ready(page: Opened) -> Opened {
    wait_until("the stage", || page.is("!!document.querySelector('.stage[data-state]')"));
    page
}

fn click(page: &Opened, selector: &str) {
    page.value(&format!("document.querySelector(\"{selector}\").click()"));
}

/// Puts lines on the paper, in this order, and checks the guess.
fn guess(page: &Opened, lines: &[&str], seconds: Option<u32>) {
    for line in lines {
        let chips = "[...document.querySelectorAll('.stage .bin .chip')]";
        page.value(&format!("{chips}.find(chip => chip.textContent === '{line}').click()"));
    }
    if let Some(seconds) = seconds {
        let us = seconds * 1_000_000;
        click(page, &format!(".stage fieldset input[value='{us}']"));
    }
    click(page, ".stage .check");
    assert!(page.is(OPEN));
}

#[test]
fn v5_is_stepped_through_by_keyboard() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "", 1280);
    assert!(!page.is(OPEN), "it asks first");
    assert!(!page.is("document.querySelector('.stage .output').checkVisibility()"));
    // From the top of the page, as somebody without a mouse.
    page.press("Tab");
    assert_eq!(page.value("document.activeElement.textContent"), "Skip to the text");
    page.press("Enter");
    let shown = "document.activeElement.matches('.stage .show')";
    for _ in 0..20 {
        if page.is(shown) {
            break;
        }
        page.press("Tab");
    }
    assert!(page.is(shown), "`Show me` is reached with Tab");
    page.press("Enter");
    assert!(page.is(OPEN));
    assert_eq!(page.value(SENTENCE), "The program starts. main is ready to run.");
    let mut sentences = Vec::new();
    while !page.is("document.querySelector('.stage .forth').disabled") {
        page.press("ArrowRight");
        sentences.push(page.value(SENTENCE).as_str().unwrap().to_owned());
        assert!(sentences.len() < 100, "{sentences:?}");
    }
    let says = |words: &str| sentences.iter().any(|sentence| sentence.contains(words));
    assert!(says("main spawns foo") && says("timer is due"), "{sentences:#?}");
    assert!(sentences.last().is_some_and(|last| last.contains("drops foo")), "{sentences:#?}");
    assert_eq!(page.value(PRINTED), serde_json::json!(["Hello", "foo", "World", "(end)"]));
    page.press("Home");
    assert_eq!(page.value(PRINTED), serde_json::json!([]));
    assert!(page.value(COUNT).as_str().unwrap().starts_with("1 of "));
    assert!(
        page.is("location.pathname.endsWith('main-finishes-first.html')"),
        "no page was turned"
    );
    assert_eq!(page.wrong(), [""; 0]);
}

#[test]
fn a_wrong_guess_opens_where_it_was_decided() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "", 1280);
    guess(&page, &["Hello", "World"], Some(1));
    let sentence = page.value(SENTENCE);
    let sentence = sentence.as_str().unwrap();
    assert!(sentence.starts_with("After Hello comes foo, not World."), "{sentence}");
    assert!(sentence.contains("polls foo for the first time"), "{sentence}");
    assert_eq!(page.value(PRINTED), serde_json::json!(["Hello"]));

    click(&page, ".stage .again");
    guess(&page, &["Hello", "foo", "World", "bar"], None);
    let sentence = page.value(SENTENCE);
    let sentence = sentence.as_str().unwrap();
    assert!(sentence.starts_with("bar is never printed."), "{sentence}");
    assert!(sentence.contains("drops foo"), "{sentence}");

    click(&page, ".stage .again");
    guess(&page, &["Hello", "foo", "World"], Some(10));
    let sentence = page.value(SENTENCE);
    let sentence = sentence.as_str().unwrap().replace('\u{a0}', " ");
    assert!(sentence.contains("it takes 1 s, not 10 s"), "{sentence}");
    assert!(sentence.contains("that ends the program"), "{sentence}");
}

#[test]
fn a_wrong_time_is_noted_until_the_next_answer() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "", 1280);
    let note = "document.querySelector('.stage .side.shown .output .last em').textContent";
    let polls = page.value(note);
    assert!(polls.as_str().unwrap().ends_with(" polls"), "{polls}");
    guess(&page, &["Hello", "foo", "World"], Some(10));
    assert_eq!(page.value(note), "you: 10\u{a0}s");
    click(&page, ".stage .again");
    guess(&page, &["Hello", "foo", "World"], Some(1));
    assert_eq!(page.value(note), polls);

    click(&page, ".stage .again");
    guess(&page, &["Hello", "foo", "World"], Some(10));
    click(&page, ".stage .again");
    click(&page, ".stage .show");
    assert_eq!(page.value(note), polls);
}

#[test]
fn a_quote_of_the_other_language_is_as_the_reader_said() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "", 1280);
    // What a side does to its rows needs nothing but its lines and its part of the page.
    let note = page.value(
        "(element => {
           element.innerHTML = '<ol class=\"output\"><li><em></em></li><li><em></em></li></ol>';
           const side = Object.assign(Object.create(contextSwitch.Side.prototype), { element, lines: [`('a', 1)`], took: 0, play: {} });
           side.compare({ lines: ['(\"a\", 1)'], time: null });
           return element.querySelector('em').textContent;
         })(document.createElement('div'))",
    );
    assert_eq!(note, "you: (\"a\", 1) ✓");
}

#[test]
fn after_a_drag_the_keys_still_move_lines() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "", 1280);
    let picked =
        "[...document.querySelectorAll('.stage .picked li')].map(line => line.textContent)";
    // No pointer is down that could be captured.
    page.value(
        "(form => {
           form.setPointerCapture = () => {};
           const chip = form.querySelector('.bin .chip'), from = chip.getBoundingClientRect();
           const to = form.querySelector('.paper').getBoundingClientRect();
           const point = (kind, { x, y }, buttons) => chip.dispatchEvent(
             new PointerEvent(kind, { bubbles: true, clientX: x + 5, clientY: y + 5, buttons }));
           point('pointerdown', from, 1);
           point('pointermove', to, 1);
           point('pointerup', to, 0);
           // The click that this press ends in, where a browser sends it to the line.
           chip.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
         })(document.querySelector('.stage .guess'))",
    );
    assert_eq!(page.value(picked).as_array().unwrap().len(), 1, "one line was dragged");
    page.value("document.querySelector('.stage .bin .chip').focus()");
    page.press("Enter");
    assert_eq!(page.value(picked).as_array().unwrap().len(), 2, "and one was sent by Enter");
    assert_eq!(page.wrong(), [""; 0]);
}

#[test]
fn whoever_guesses_again_is_among_the_lines() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "", 1280);
    assert!(page.is("document.activeElement === document.body"), "a page takes no focus");
    click(&page, ".stage .show");
    page.value("document.querySelector('.stage .again').focus()");
    page.press("Enter");
    assert!(page.is("document.activeElement === document.querySelector('.stage .chip')"));
}

#[test]
fn a_right_guess_is_told_so() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "", 390);
    guess(&page, &["Hello", "foo", "World"], Some(1));
    let sentence = page.value(SENTENCE);
    assert!(sentence.as_str().unwrap().starts_with("Right, and so is the time."), "{sentence}");
}

#[test]
fn nothing_recorded_is_in_sight_before_the_guess_and_find_in_page_still_finds_it() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "", 1280);
    let veiled = "[...document.querySelectorAll('[data-program=v5][data-view=diagram], [data-program=v5][data-view=facts]')]";
    assert!(page.is(&format!(
        "{veiled}.length > 0 && {veiled}.every(part => part.hidden === 'until-found')"
    )));
    page.value(&format!(
        "{veiled}[0].dispatchEvent(new Event('beforematch', {{ bubbles: true }}))"
    ));
    assert!(page.is(OPEN));
    assert!(page.is(&format!("{veiled}.every(part => !part.hidden)")));
}

#[test]
fn always_show_is_remembered_until_somebody_wants_to_guess_again() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "", 1280);
    click(&page, ".stage .always");
    assert!(page.is(OPEN));
    drop(page);
    let page = v5(&browser, &reader, "", 1280);
    assert!(page.is(OPEN));
    click(&page, ".stage .again");
    drop(page);
    assert!(!v5(&browser, &reader, "", 1280).is(OPEN));
}

#[test]
fn a_link_to_a_step_opens_it() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "#v5.python.19", 1280);
    assert!(page.is(OPEN));
    let sentence = page.value(SENTENCE);
    assert!(sentence.as_str().unwrap().contains("CancelledError"), "{sentence}");
    let link = page.value("document.querySelector('.stage .link').getAttribute('href')");
    assert_eq!(link, "#v5.python.19");
    page.value("void (location.hash = '#v5.rust.3')");
    wait_until("the step", || page.value(SENTENCE) == "main prints Hello.");
}

#[test]
fn an_address_that_cannot_be_decoded_names_no_step() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "#50%", 1280);
    assert!(!page.is(OPEN), "it asks");
    assert!(
        page.is("[...document.querySelectorAll('.stage')].every(stage => stage.dataset.state)")
    );
    assert_eq!(page.wrong(), [""; 0]);
}

#[test]
fn a_link_to_a_step_unfolds_where_it_is() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let url = format!("{}await-then-sleep.html#v7.rust.3", reader.address);
    let page = ready(browser.open(&url, 1280, "light"));
    let stage = "document.querySelector('.stage[aria-label^=v7]')";
    wait_until("the stage", || page.is(&format!("{stage}?.dataset.state === 'open'")));
    assert!(page.is(&format!("!!{stage}.closest('details')")), "v7 is folded away, or try another");
    assert!(page.is(&format!("{stage}.checkVisibility()")));
}

#[test]
fn playing_goes_on_by_itself_and_stops_at_the_end() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "#v5.rust.14", 1280);
    for _ in 0..2 {
        click(&page, ".stage .speed");
    }
    page.press(" ");
    wait_until("the end", || page.is("document.querySelector('.stage .forth').disabled"));
    wait_until("a pause", || {
        page.is("document.querySelector('.stage .play').getAttribute('aria-label') === 'Play'")
    });
}

#[test]
fn the_stage_follows_the_theme() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "#v5.rust.3", 1280);
    let parts = [
        "getComputedStyle(document.querySelector('.stage .plot .thread')).stroke",
        "getComputedStyle(document.querySelector('.stage .listing .active')).backgroundColor",
        "getComputedStyle(document.querySelector('.stage .say')).color",
    ];
    let light = parts.map(|part| page.value(part));
    page.value("document.getElementById('mdbook-theme-navy').click()");
    let navy = parts.map(|part| page.value(part));
    for (light, navy) in light.iter().zip(&navy) {
        assert!(light.is_string() && light != navy, "{light} and {navy}");
    }
}

#[test]
fn the_name_of_a_task_covers_no_code() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let url = format!("{}talking-between-tasks.html#back_pressure.rust.1", reader.address);
    let page = ready(browser.open(&url, 720, "light"));
    // The names that were seen, and the lines that one lay on.
    let seen = page.value(
        "(stage => {
           const boxes = element => {
             const text = document.createRange();
             text.selectNodeContents(element);
             return [...text.getClientRects()];
           };
           const names = new Set(), covered = [];
           for (const forth = stage.querySelector('.forth'); !forth.disabled; forth.click()) {
             for (const row of stage.querySelectorAll('.side.shown .listing li')) {
               const [name] = boxes(row.querySelector('em'));
               if (!name) continue;
               names.add(row.querySelector('em').textContent);
               if (boxes(row.querySelector('code')).some(part => part.right > name.left && part.top < name.bottom)) covered.push(row.textContent);
             }
           }
           return { names: [...names].sort(), covered };
         })(document.querySelector('.stage[aria-label^=back_pressure]'))",
    );
    assert_eq!(seen["covered"], serde_json::json!([]));
    assert_eq!(seen["names"], serde_json::json!(["consume", "main", "produce"]));
}

#[test]
fn both_languages_stand_side_by_side_where_there_is_room() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let in_sight = "[...document.querySelectorAll('.stage .side')].filter(side => side.checkVisibility()).length";
    let wide = v5(&browser, &reader, "#v5.rust.3", 1440);
    assert_eq!(wide.value(in_sight), 2);
    drop(wide);
    let narrow = v5(&browser, &reader, "#v5.rust.3", 390);
    assert_eq!(narrow.value(in_sight), 1);
    assert!(narrow.is("document.documentElement.scrollWidth <= innerWidth"));
    click(&narrow, ".stage .tabs button:last-child");
    assert!(narrow.is(
        "document.querySelector('.stage .side.shown').getAttribute('aria-label') === 'Python'"
    ));
    assert!(narrow.value(COUNT).as_str().unwrap().starts_with("3 of "), "the step is kept");
}

#[test]
fn without_scripts_the_chapter_is_complete() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let url = format!("{}main-finishes-first.html", reader.address);
    let page = browser.open_without_scripts(&url, 1280);
    // Scripts of the page are off; those of the driver are not.
    wait_until("the page", || page.is("document.readyState === 'complete'"));
    assert!(page.is("!document.querySelector('.stage')"));
    for part in ["[ 1.000 s] World", "tokio::spawn(foo());", "sequenceDiagram"] {
        let there = format!(
            "[...document.querySelectorAll('main pre')].some(pre => pre.checkVisibility() && pre.textContent.includes('{part}'))"
        );
        assert!(page.is(&there), "{part}");
    }
    page.value("document.querySelectorAll('details').forEach(part => part.open = true)");
    assert!(page.is("[...document.querySelectorAll('code.language-python')].some(code => code.checkVisibility())"));
}

#[test]
fn the_player_works_in_a_file_opened_from_a_folder() {
    let Some(browser) = Browser::start() else { return };
    let site = tempfile::tempdir().unwrap();
    book::build::render(&repository(), site.path()).unwrap();
    let url = format!("file://{}/main-finishes-first.html#v5.rust.3", site.path().display());
    let page = ready(browser.open(&url, 1280, "light"));
    assert_eq!(page.value(SENTENCE), "main prints Hello.");
    page.press("ArrowRight");
    assert!(page.value(SENTENCE).as_str().unwrap().contains("main spawns foo"));
    // There is nobody to run it here, so the Playground has to.
    let link = page.value("document.querySelector('.stage .playground').href");
    let link = link.as_str().unwrap();
    assert!(link.starts_with("https://play.rust-lang.org/?"), "{link}");
    assert!(link.contains("edition=2024") && link.contains("tokio%3A%3Aspawn"), "{link}");
    assert!(page.is("!document.querySelector('.stage .run')"));
    assert_eq!(page.wrong(), [""; 0]);
}

#[test]
fn with_less_motion_nothing_glides() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "#v5.rust.3", 1280);
    let glides = "getComputedStyle(document.querySelector('.stage .playhead')).transitionDuration";
    page.press("ArrowRight");
    assert_ne!(page.value(glides), "0s");
    page.prefer_less_motion();
    assert_eq!(page.value(glides), "0s");
}

/// The lines that a run has printed so far: seconds and text.
fn run_lines(page: &Opened) -> Vec<(f64, String)> {
    let rows = page.value("[...document.querySelectorAll('.stage .runs li')].map(row => [row.firstChild.textContent, row.children[1].textContent])");
    let rows: Vec<(String, String)> = serde_json::from_value(rows).expect("rows");
    rows.into_iter().map(|(time, text)| (time.parse().unwrap_or(-1.0), text)).collect()
}

/// Compiling takes its time on a busy machine.
fn wait_long(what: &str, mut happened: impl FnMut() -> bool) {
    let patience = Instant::now() + Duration::from_secs(300);
    while !happened() {
        assert!(Instant::now() < patience, "waited in vain for this: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn an_example_runs_on_the_page_and_its_lines_come_in_time() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "#v5.rust.1", 1280);
    // Which lines there are whenever that changes.
    page.value(
        "(() => {
            const look = () => {
                const lines = [...document.querySelectorAll('.stage .runs li')].map(row => row.children[1].textContent);
                globalThis.seen.push(lines.join('; '));
            };
            new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
            return '';
        })()",
    );
    let has = |text: &str| run_lines(&page).into_iter().find(|(_, line)| line == text);
    // On a busy machine the first lines may be seen so late that the others are there.
    let comes_in_time = (0..5).any(|_| {
        page.value("globalThis.seen = []");
        click(&page, ".stage .run");
        wait_long("the end", || {
            page.is("document.querySelector('.stage .run').textContent === 'Run'")
        });
        page.is("globalThis.seen.includes('Hello; foo')")
    });
    assert!(comes_in_time, "all at once: {}", page.value("globalThis.seen"));
    let lines: Vec<String> = run_lines(&page).into_iter().map(|(_, line)| line).collect();
    assert_eq!(lines, ["Hello", "foo", "World", "(end)"]);
    // The sleep begins when Hello has been printed.
    let (hello, world) = (has("Hello").unwrap().0, has("World").unwrap().0);
    assert!(world - hello >= 0.99, "{hello} and {world}");
    assert_eq!(page.wrong(), [""; 0]);
}

/// Records what was changed, and waits until it can be seen or an error is.
fn record(page: &Opened) {
    click(page, ".stage .record");
    let working = "document.querySelector('.stage .record').textContent === 'Stop'";
    wait_long("the recording", || !page.is(working));
}

/// Replaces a part of the first listing, as somebody who types would.
fn change(page: &Opened, from: &str, to: &str) {
    if page.is("!document.querySelector('.stage textarea')") {
        click(page, ".stage .change");
    }
    let text = "document.querySelector('.stage textarea')";
    assert!(page.is(&format!("{text}.value.includes('{from}')")));
    page.value(&format!(
        "(text => {{ text.value = text.value.replace('{from}', '{to}'); text.dispatchEvent(new Event('input')) }})({text})"
    ));
}

#[test]
fn a_changed_listing_is_recorded_below_the_original() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "#v5.rust.1", 1280);
    let again = "document.querySelector('.changed .stage')";
    change(&page, "from_secs(1)", "from_secs(2)");
    record(&page);
    let errors = page.value("document.querySelector('.stage .errors').textContent");
    assert!(page.is(&format!("!!{again}")), "{errors}");
    let end = page.value(&format!("{again}.querySelector('.output .last time').textContent"));
    assert_eq!(end, "2.000");
    let original = page.value("document.querySelector('.stage .output .last time').textContent");
    assert_eq!(original, "1.000");
    page.press("End");
    wait_until("its diagram", || page.is("!!document.querySelector('.changed .diagram svg')"));
    assert!(page.is("document.querySelector('.changed .diagram svg').textContent.includes('2 s')"));
    assert_eq!(page.wrong(), [""; 0]);

    change(&page, "tokio::spawn", "tokio::spoon");
    record(&page);
    let error = page.value("document.querySelector('.stage .errors li')?.textContent ?? ''");
    let error = error.as_str().unwrap();
    assert!(error.starts_with("Line 7: E0425") && error.contains("spoon"), "{error}");
    let marked = "[...document.querySelectorAll('.stage .numbers li')].findIndex(line => line.matches('.wrong'))";
    assert_eq!(page.value(marked), 6);
    // Space belongs to what has the focus.
    page.value("document.querySelector('.stage .errors summary').focus()");
    page.press(" ");
    assert!(page.is("document.querySelector('.stage .errors details').open"));
    assert!(
        page.is("document.querySelector('.stage .play').getAttribute('aria-label') === 'Play'")
    );
}

/// What is said above a changed program, and the rows of its output.
fn found(page: &Opened) -> (String, String) {
    let said = page.value("document.querySelector('.changed .findings')?.innerText ?? ''");
    let rows = page.value(
        "[...document.querySelectorAll('.changed .output li')].map(row => row.innerText).join('; ')",
    );
    (said.as_str().unwrap().to_owned(), rows.as_str().unwrap().to_owned())
}

#[test]
fn a_changed_listing_shows_what_is_wrong_with_it() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "#v5.rust.1", 1280);
    let sleeps = "sleep(Duration::from_secs(10)).await";
    let blocks = "std::thread::sleep(Duration::from_secs(3))";
    change(&page, sleeps, blocks);
    assert!(
        !page.is("document.querySelector('.stage .run').checkVisibility()"),
        "it runs the file"
    );
    record(&page);
    let (said, _) = found(&page);
    assert!(said.contains("1 finding") && said.contains("held the thread for 3 s"), "{said}");

    // What does not end has no end, and nothing is known of what would have come.
    change(&page, blocks, "loop {}");
    let title = "document.querySelector('.as-changed').textContent";
    assert!(page.is(&format!("{title}.includes('before')")), "it is not what is in the editor");
    record(&page);
    let (said, rows) = found(&page);
    assert!(
        said.contains("stopped after 10 s") && said.contains("does not give it back"),
        "{said}"
    );
    assert!(!said.contains("--"), "words of the command line: {said}");
    assert!(!rows.contains("(end)") && !rows.contains("never printed"), "{rows}");

    // A failed edit leaves nothing of before; the compiler names tokio's own types.
    change(&page, "loop {}", "let x: i32 = tokio::spawn(async {})");
    record(&page);
    assert!(page.is("!document.querySelector('.changed').children.length"));
    let errors = page.value("document.querySelector('.stage .errors').textContent");
    let errors = errors.as_str().unwrap();
    assert!(errors.contains("tokio::task::JoinHandle") && !errors.contains("`_::"), "{errors}");
    assert!(!errors.contains("/changed.rs"), "a folder of the server's: {errors}");

    change(&page, "let x: i32 = tokio::spawn(async {})", "panic!(\"oh\")");
    record(&page);
    let (said, _) = found(&page);
    assert!(said.contains("panicked at line 14: oh"), "{said}");

    // Put back, reloaded, and it is still there to go on with.
    click(&page, ".stage .change");
    page.reload();
    wait_until("the stage", || page.is("!!document.querySelector('.stage[data-state] .change')"));
    click(&page, ".stage .change");
    assert!(page.is("document.querySelector('.stage textarea').value.includes('panic!')"));
    click(&page, ".stage .original");
    assert!(page.is("!document.querySelector('.stage textarea').value.includes('panic!')"));
}

#[test]
fn on_a_phone_the_verdict_is_in_view() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    for page in ["talking-between-tasks", "lost-updates", "blocking-the-event-loop"] {
        let page = ready(browser.open(&format!("{}{page}.html", reader.address), 390, "light"));
        page.value("document.querySelector('.stage .bin .chip').click()");
        page.value("document.querySelector('.stage .check').scrollIntoView({ block: 'center' })");
        click(&page, ".stage .check");
        let place = page.value("(({ top, bottom }) => [top, bottom, innerHeight])(document.querySelector('.stage .side.shown .say').getBoundingClientRect())");
        let [top, bottom, height]: [f64; 3] = serde_json::from_value(place).expect("numbers");
        assert!(top > 0.0 && bottom <= height, "{top} to {bottom} of {height}");
    }
}

#[test]
fn on_a_phone_an_editor_begins_below_the_bar_and_at_its_first_line() {
    let Some(browser) = Browser::start() else { return };
    let page = v5(&browser, &book(), "#v5.rust.1", 390);
    page.value("document.querySelector('.stage .change').scrollIntoView()");
    click(&page, ".stage .change");
    let at =
        |selector: &str| format!("document.querySelector('{selector}').getBoundingClientRect()");
    let bar = at("#mdbook-menu-bar");
    wait_until("the bar at the top", || page.is(&format!("{bar}.top <= 0")));
    assert!(page.is(&format!("{}.top >= Math.max(0, {bar}.bottom)", at(".stage .editor"))));
    assert!(page.is("document.activeElement.selectionStart === 0"));
}

#[test]
fn every_line_of_a_guess_stays_beside_the_answer() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "", 1280);
    guess(&page, &["World", "Hello", "bar"], None);
    let seen = "[...document.querySelectorAll('.stage .side.shown .output em')].filter(note => getComputedStyle(note).visibility === 'visible').map(note => note.textContent).slice(0, 3)";
    assert_eq!(page.value(seen), serde_json::json!(["you: World", "you: Hello", "you: bar"]));
    assert!(page.value(SENTENCE).as_str().unwrap().contains("The rest of your guess"));
}

#[test]
fn the_signs_of_the_lanes_are_explained() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "#v5.rust.1", 1280);
    click(&page, ".stage .legend summary");
    let legend = page.value("document.querySelector('.stage .legend ul').innerText");
    let legend = legend.as_str().unwrap();
    assert!(legend.contains("has the thread") && legend.contains("waits"), "{legend}");
}

#[test]
fn a_changed_twin_is_recorded_too() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "#v5.python.1", 1280);
    click(&page, ".stage .change");
    let apart = "document.querySelector('.stage .record').getBoundingClientRect().top - document.querySelector('.stage .side.shown textarea').getBoundingClientRect().bottom";
    let apart = page.value(apart).as_f64().unwrap();
    assert!((0.0..100.0).contains(&apart), "Record is {apart} px below the text");
    page.value("(text => { text.value = text.value.replace('sleep(1)', 'sleep(2)') })(document.querySelectorAll('.stage textarea')[1])");
    record(&page);
    let errors = page
        .value("[...document.querySelectorAll('.stage .errors')].map(part => part.textContent)");
    assert!(page.is("!!document.querySelector('.changed .stage')"), "{errors}");
    let end =
        page.value("document.querySelector('.changed .stage .output .last time').textContent");
    assert_eq!(end, "2.000");
}

#[test]
fn the_scripts_say_a_time_as_the_sentences_do() {
    let Some(browser) = Browser::start() else { return };
    let page = v5(&browser, &book(), "", 1280);
    let times = [0, 1, 999, 1_000, 1_500, 12_345, 400_000, 999_999, 1_000_000, 1_234_567];
    let said = page.value(&format!("{times:?}.map(contextSwitch.span)"));
    let as_told = times.map(|us| recording::words::duration(us).replace(' ', "\u{a0}"));
    assert_eq!(said, serde_json::json!(as_told));
}

#[test]
fn every_recording_can_be_drawn() {
    let Some(browser) = Browser::start() else { return };
    let reader = book();
    let page = v5(&browser, &reader, "", 1280);
    let mut told = 0;
    for file in Book::read(&repository()).unwrap().recordings.keys() {
        let name = file.file_name().unwrap().to_str().unwrap();
        // As the page does it.
        let faults = page.value(&format!(
            "new Promise((resolve, reject) => {{
               const keep = contextSwitch.recording;
               contextSwitch.recording = (program, language, first, recording, [play, ...told]) => {{
                 const moments = contextSwitch.unfold(told);
                 const {{ x }} = contextSwitch.layOut([moments]);
                 contextSwitch.score(moments, moments.map((_, i) => i), x);
                 const odd = moments.filter(({{ say, tasks }}) => !/[.”]$/.test(say.text) || /undefined|NaN|\\[object/.test(say.text + tasks.map(task => task.name + task.words + task.state)));
                 resolve(odd.map(({{ say }}) => say.text));
               }};
               const script = document.createElement('script');
               script.src = 'recordings/{name}';
               script.onload = () => {{ contextSwitch.recording = keep; }};
               script.onerror = () => reject(new Error('no such file'));
               document.head.append(script);
             }})"
        ));
        assert_eq!(faults, serde_json::json!([]), "{name}");
        told += 1;
    }
    assert!(told > 100, "{told} recordings");
}
