//! On one thread tokio's queue is first come, first served: such a program comes to no
//! choice, so the order that its page shows is the only one.

use pages::library::Book;
use recorder::parallel::side_by_side;
use recorder::program::{Options, Program};
use recorder::rust;
use recording::event::Language;

use crate::support::book::repository;

/// What leaves a choice on one thread: which branch is looked at first, and what other
/// threads do.
const LEAVES_A_CHOICE: [&str; 5] = ["select!", "spawn_blocking", "fs::", "thread::", "io::std"];

#[test]
fn a_program_of_one_thread_has_one_order() {
    let examples = Book::read(&repository()).expect("the book").examples;
    let sources = examples.iter().filter_map(|example| example.program(Language::Rust));
    let programs: Vec<Program> = sources
        .filter(|source| {
            let text = source.text().expect("its text");
            text.contains("current_thread") && !LEAVES_A_CHOICE.iter().any(|one| text.contains(one))
        })
        .map(|source| Program::at(&source.path).expect("a program"))
        .collect();
    assert!(programs.len() > 50, "only {} programs have one thread", programs.len());
    let compiled = rust::compile(&programs).expect("they compile");
    let more = side_by_side(&compiled, |compiled| {
        let options = Options { order: Some(Default::default()), ..Options::default() };
        match compiled.start(&options) {
            Ok(session) if session.choices.is_empty() && !session.overlap => None,
            Ok(session) => {
                Some(format!("{}: {:?}", compiled.program.path.display(), session.choices))
            }
            Err(error) => Some(format!("{error:#}")),
        }
    });
    let more: Vec<String> = more.into_iter().flatten().collect();
    let needs_the_clock = |why: &String| why.contains("so it needs the machine's clock");
    let (_, more): (Vec<String>, Vec<String>) = more.into_iter().partition(needs_the_clock);
    assert!(more.is_empty(), "{more:#?}");
}
