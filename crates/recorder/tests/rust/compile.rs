//! Compiling for recording.

use recorder::program::Program;
use recorder::rust::compile;
use recording::event::{Line, What};

use crate::support::{prints, program, run};

#[test]
fn what_a_program_may_use_of_tokio_is_there() {
    let (_, events) = run(program("api"));
    assert_eq!(
        prints(&events),
        [
            "2000 all: [1, 2]",
            "2000 all: Ok(2)",
            "5000 all: 3",
            "5000 all: Some(4)",
            "5000 all: true"
        ]
    );
}

#[test]
fn what_was_compiled_stays_what_is_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changes.rs");
    let compiled = |text: &str| {
        std::fs::write(&path, text).unwrap();
        compile(&[Program::at(&path).unwrap()]).unwrap().remove(0)
    };
    let old = compiled("fn main() { println!(\"old\"); }\n");
    let new = compiled("fn main() {\n\n    println!(\"new\");\n}\n");
    for (program, text, line) in [(&old, "old", 1), (&new, "new", 3)] {
        let (_, events) = run(program);
        let printed = events.iter().any(|event| {
            let (task, text, line) = (Some(0), text.to_owned(), Some(Line::from(line)));
            event.what == What::Print { task, thread: None, text, stream: Default::default(), line }
        });
        assert!(printed, "{text}: {events:?}");
    }
}
