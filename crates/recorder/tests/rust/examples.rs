//! The book's own programs.

use crate::support::{examples, prints, run};

#[test]
fn every_example_gives_the_same_events_every_time() {
    for program in examples() {
        let first = run(&program);
        for _ in 1..20 {
            assert_eq!(run(&program), first, "{}", program.program.name);
        }
    }
}

#[test]
fn the_prints_come_with_task_and_line() {
    let all = examples();
    let v5 = all.iter().find(|program| program.program.name == "v5").unwrap();
    assert_eq!(prints(&run(v5)), ["0 main: Hello", "0 foo: foo", "1000000 main: World"]);
}
