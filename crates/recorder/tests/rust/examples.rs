//! The book's own programs.

use recording::event::Class;
use recording::listing::is_one_of_several;

use crate::support::{examples, prints, run};

#[test]
fn every_example_gives_the_same_events_every_time() {
    for program in examples() {
        let (header, first) = run(&program);
        if header.class != Class::Exact {
            continue;
        }
        // The first chapters' many times, all others often enough.
        let name = &program.program.name;
        let times = if name.starts_with('v') { 20 } else { 3 };
        for _ in 1..times {
            let (header, again) = run(&program);
            // On a slow machine it may have computed for too long to have one order.
            if header.class == Class::Exact || !is_one_of_several(&program.text) {
                assert_eq!(again, first, "{name}");
            }
        }
    }
}

#[test]
fn the_prints_come_with_task_and_time() {
    let all = examples();
    let v5 = all.iter().find(|program| program.program.name == "v5").unwrap();
    assert_eq!(prints(&run(v5).1), ["0 main: Hello", "0 foo: foo", "1000000 main: World"]);
}
