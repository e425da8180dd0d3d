//! The twins of the book's first programs.

use crate::support::{each, example};

#[test]
fn the_switches_are_those_of_the_notes() {
    for (name, switches) in [
        ("v1", "main[Hello/foo] 1000 main[World]"),
        ("v2", "main[Hello/World] foo[foo] foo✗"),
        ("v3", "main[Hello] foo[foo] 1000 foo[bar] main[World]"),
        ("v4", "main[Hello] foo #1[foo] foo #2[baz] 1000 foo #1[bar] foo #2[qux] main[World]"),
        ("v5", "main[Hello] foo[foo] 1000 main[World] foo✗"),
        ("v6", "main[Hello] foo[foo] 10000 foo[bar] main 11000 main[World]"),
        ("v7", "main[Hello] foo[foo] 1000 foo[bar] main 11000 main[World]"),
        (
            "v8",
            "main[Hello] foo #1[foo] foo #2[baz] 1000 foo #1[bar] main 1500 main[World] foo #2✗",
        ),
        (
            "v8_long_main",
            "main[Hello] foo #1[foo] foo #2[baz] 1000 foo #1[bar] main 2000 foo #2[qux] \
             6000 main[World]",
        ),
    ] {
        each(|python| {
            assert_eq!(python.record_file(&example(name)).switches(), switches, "{name}")
        });
    }
}

#[test]
fn a_script_without_asyncio_is_one_task() {
    each(|python| {
        let recorded = python.record_file(&example("v1_sync"));
        assert_eq!(recorded.prints(), ["0 Hello", "0 foo", "1000 World"]);
        assert_eq!(recorded.recording.names().shown().collect::<Vec<_>>(), ["main"]);
    });
}

#[test]
fn every_recording_is_the_same_bytes() {
    each(|python| {
        for name in ["v5", "factorials", "gather_three", "results_as_they_come"] {
            let first = python.record_file(&example(name)).recording;
            for _ in 0..5 {
                assert_eq!(python.record_file(&example(name)).recording, first, "{name}");
            }
        }
    });
}

#[test]
fn of_two_timers_for_one_time_the_earlier_one_is_over_first() {
    each(|python| {
        // The fourth half second ends with the two seconds, but was begun later.
        let recorded = python.record_file(&example("fetch_and_count"));
        let last = ["2000 done fetching", "2000 {'data': 1}"];
        assert!(recorded.prints().ends_with(&last.map(str::to_owned)), "{:?}", recorded.prints());
        // Set at the same time they go off together, in the order of setting.
        let recorded = python.record_file(&example("sleep_beside_main"));
        let wakes = recorded.wakes();
        assert_eq!(wakes[..2], ["5000 main: timer", "5000 async_sleep: timer"]);
        let script = "import asyncio
async def nap(n):
    await asyncio.sleep(1)
    print(n)
async def main():
    await asyncio.gather(*map(nap, range(9)))
asyncio.run(main())
";
        let order: Vec<String> = (0..9).map(|n| n.to_string()).collect();
        assert_eq!(python.record(script).stdout(), order);
    });
}
