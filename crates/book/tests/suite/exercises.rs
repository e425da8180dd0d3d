//! The exercises: each program in each folder is judged as its table says.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use pages::exercises::Task;
use recorder::parallel;
use recorder::program::{Options, Program};
use recorder::rust::{self, Compiled};
use recording::event::Language;
use recording::exercise::Verdict;
use recording::findings::Kind;
use recording::part::{Part, Window};
use recording::session::Session;

use crate::support::book::repository;
use crate::support::browser::{Browser, Opened};
use crate::support::reader::Reader;
use crate::support::wait_until;

/// The exercise of [`PAGE`].
pub const NAME: &str = "one_after_the_other";
pub const PAGE: &str = "several-tasks-and-their-results.html";
/// What is said of what was checked.
const VERDICT: &str = "document.querySelector('.exercise .verdict').textContent";
const ERRORS: &str =
    "[...document.querySelectorAll('.exercise .errors')].map(one => one.textContent).join()";
const CHECKED: &str = "document.querySelector('.exercise .judge').textContent === 'Check'";
const IN_VIEW: &str = "(({ top, bottom }) => top >= 50 && bottom <= innerHeight)(document.querySelector('.exercise .verdict').getBoundingClientRect())";

/// All exercises of the book, and their programs.
fn all() -> Vec<(Task, Vec<PathBuf>)> {
    let tasks = Task::all(&repository()).unwrap().into_iter();
    tasks.map(|task| task.programs().map(|files| (task, files)).unwrap()).collect()
}

fn judge(task: &Task, session: Session, text: &str) -> Verdict {
    let ending = session.ending.clone();
    let part = Part::of(session, &Window::default(), text).unwrap();
    task.told.asks.judge(&part, &ending)
}

#[test]
fn every_start_fails_every_solution_passes_and_wrong_answers_are_helped() {
    let all = all();
    let mut programs = Vec::new();
    for (n, (task, files)) in all.iter().enumerate() {
        for file in files {
            let program = Program::at(file).unwrap();
            programs
                .push((n, Program { name: format!("{} {}", task.name, program.name), ..program }));
        }
    }
    let is_rust = |(_, program): &&(usize, Program)| program.language == Language::Rust;
    let rust: Vec<Program> = programs.iter().filter(is_rust).map(|(_, it)| it.clone()).collect();
    let compiled = rust::compile(&rust).unwrap();
    let options = Options::within(Duration::from_secs(120));
    let run = |(n, program): &(usize, Program)| {
        let text = std::fs::read_to_string(&program.path).unwrap();
        let own = |it: &&Compiled| it.program.path == program.path;
        let session = match compiled.iter().find(own) {
            Some(compiled) => compiled.start(&options),
            None => recorder::record(program, &options),
        };
        judge(&all[*n].0, session.unwrap(), &text)
    };
    let verdicts = parallel::side_by_side(&programs, run);
    let mut wrong = Vec::new();
    for ((n, program), verdict) in programs.iter().zip(verdicts) {
        let file = program.path.strip_prefix(repository()).unwrap().display();
        let expected = all[*n].0.way(&program.path).unwrap_or("nothing that its table says");
        if verdict.way != expected || verdict.passed == verdict.help.is_some() {
            wrong.push(format!("{file}: is to be {expected}: {verdict:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_exercise_is_whole_in_both_languages() {
    for (task, files) in all() {
        let names: BTreeSet<&str> =
            files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
        let stems: BTreeSet<&str> =
            names.iter().map(|name| name.rsplit_once('.').unwrap().0).collect();
        for stem in &stems {
            for twin in [format!("{stem}.rs"), format!("{stem}.py")] {
                assert!(names.contains(twin.as_str()), "{}/{twin} is missing", task.name);
            }
        }
        assert!(stems.contains("start") && stems.contains("solution"), "{}", task.name);
        let all_of = |kind| stems.iter().filter(|stem| stem.starts_with(kind)).count();
        let (right, wrong) = (all_of("right_"), all_of("wrong_"));
        assert!(wrong >= 2 && stems.len() == right + wrong + 2, "{}: {stems:?}", task.name);
        for name in task.told.fails.keys() {
            let is_there = stems.contains(name.as_str()) || names.contains(name.as_str());
            assert!(is_there, "{}: there is no {name}", task.name);
        }
        // No word is said that no program brings about, or that is no way to fail.
        let ways: BTreeSet<&str> = files.iter().filter_map(|file| task.way(file)).collect();
        let others = ["output", "late", "early", "ended"];
        let is_way =
            |way: &str| others.contains(&way) || Kind::ALL.iter().any(|kind| kind.word() == way);
        for way in task.told.asks.says.keys() {
            assert!(ways.contains(way.as_str()) && is_way(way), "{}: {way}", task.name);
        }
    }
}

/// The exercise with its editor open, of which that language is shown.
pub fn mend(page: &Opened, title: &str) {
    wait_until("the exercise", || page.is("!!document.querySelector('.exercise .mend')"));
    page.value("document.querySelector('.exercise .mend').click()");
    page.value(&format!(
        "[...document.querySelectorAll('.exercise .tabs button')].find(one => one.textContent === '{title}')?.click()"
    ));
}

/// Checks a program of the exercise: what is said of it, in sight.
pub fn check(page: &Opened, title: &str, file: &str) -> String {
    let path = repository().join(pages::exercises::FOLDER).join(NAME).join(file);
    let source = serde_json::Value::from(std::fs::read_to_string(path).unwrap());
    page.value(&format!(
        "(text => {{ text.value = {source}; text.dispatchEvent(new Event('input')); }})(document.querySelector('.exercise textarea[aria-label^={title}]'))"
    ));
    page.value("document.querySelector('.exercise .judge').click()");
    wait_until("the verdict", || page.is(CHECKED));
    wait_until(&format!("the verdict of {file} in sight"), || page.is(IN_VIEW));
    let said = page.value(VERDICT).as_str().unwrap().replace('\u{a0}', " ");
    assert_ne!(said, "", "no verdict: {}", page.value(ERRORS));
    said
}

#[test]
fn a_program_is_mended_in_the_page_of_the_readers_server() {
    let Some(browser) = Browser::start() else { return };
    let reader = Reader::of_the_book();
    let url = format!("{}{PAGE}", reader.address);
    for (title, end, width) in [("Rust", "rs", 390), ("Python", "py", 1280)] {
        let page = browser.open(&url, width, "light");
        mend(&page, title);
        let says = |file: &str| check(&page, title, &format!("{file}.{end}"));
        let late = says("start");
        assert!(late.starts_with("Not yet. It is over at 3 s, and can be at 1 s."), "{late}");
        assert!(late.contains("one after the other: look at the lanes"), "{late}");
        let lanes = "document.querySelectorAll('.changed .lanes svg').length > 0";
        wait_until("the lanes", || page.is(lanes));
        let solved = says("solution");
        assert!(solved.starts_with("Solved. The right lines, nothing found"), "{solved}");
        let typed = "document.querySelectorAll('.exercise textarea').forEach(text => { text.value += ' '; text.dispatchEvent(new Event('input')); })";
        page.value(typed);
        assert_eq!(page.value(VERDICT), "", "it is no verdict of what is there now");
        assert_eq!(page.value("document.documentElement.scrollWidth - innerWidth"), 0);
        assert_eq!(page.wrong(), [""; 0]);
    }
}

#[test]
fn an_exercise_is_solved_with_the_keyboard_alone() {
    let Some(browser) = Browser::start() else { return };
    let reader = Reader::of_the_book();
    let page = browser.open(&format!("{}{PAGE}", reader.address), 1280, "coal");
    page.value("document.querySelector('.exercise .mend').focus()");
    page.press("Enter");
    assert!(page.is("document.activeElement.matches('.exercise textarea')"));
    let path = repository().join(pages::exercises::FOLDER).join(NAME).join("solution.rs");
    let solution = serde_json::Value::from(std::fs::read_to_string(path).unwrap());
    page.value(&format!("document.activeElement.value = {solution}"));
    for _ in 0..4 {
        page.press("Tab");
        if page.is("document.activeElement.matches('.exercise .judge')") {
            break;
        }
    }
    page.press("Enter");
    wait_until("the verdict", || page.value(VERDICT) != "");
    assert!(page.value(VERDICT).as_str().unwrap().starts_with("Solved."));
}

#[test]
fn without_scripts_an_exercise_can_be_read() {
    let reader = Reader::of_the_book();
    let page = reader.page(&format!("/{PAGE}"));
    let part = page.split(&format!("<!-- exercise: {NAME} -->")).nth(1).expect("the exercise");
    let part = part.split("<!-- /exercise -->").next().unwrap();
    for words in ["A hint", "A solution", "The same in Python", "tokio::join!"] {
        assert!(part.contains(words), "{words}: {part}");
    }
}
