//! What asyncio offers, script by script (`scripts/`): what each task waits
//! for, who wakes it, and the same output as without the recorder.

use recording::event::{Class, What};
use recording::session::Ending;

use crate::support::{Python, Recorded, each, each_from, prints_by_itself, script, show};

/// Records a script and checks that it prints what it prints by itself.
fn record(python: &Python, name: &str) -> Recorded {
    let recorded = python.record_file(&script(name));
    assert_eq!(recorded.ending, Ending::Exit(0), "3.{} {name}: {}", python.minor, recorded.stderr);
    assert_eq!(recorded.recording.header.class, Class::Exact, "{name}");
    let same = prints_by_itself(python, &script(name), &recorded.stdout());
    assert!(same, "3.{} {name} prints else: {:#?}", python.minor, recorded.stdout());
    recorded
}

#[track_caller]
fn assert_waits(recorded: &Recorded, expected: &[&str]) {
    assert_eq!(recorded.waits(), expected, "{}", show(&recorded.recording));
}

#[test]
fn gather_waits_for_all_that_is_gathered() {
    each(|python| {
        assert_waits(
            &record(python, "gather"),
            &[
                "0 main: end of nap #1 & nap #2",
                "0 nap #1: 100 ms",
                "0 nap #2: 50 ms",
                "100 main: end of fail #1 & nap #3",
                "100 fail #1: 50 ms",
                "100 nap #3: 150 ms",
                "150 main: end of fail #2 & nap #4",
                "150 fail #2: 50 ms",
                "150 nap #4: 200 ms",
            ],
        );
    });
}

#[test]
fn wait_says_whether_one_is_enough_and_how_long() {
    each(|python| {
        let recorded = record(python, "wait");
        let mut waits = recorded.waits();
        waits.retain(|wait| wait.contains("main"));
        assert_eq!(
            waits,
            [
                "0 main: end of nap #1 | nap #2 | nap #3",
                "50 main: end of nap #1 & nap #3 | 150 ms",
                "200 main: end of nap #3",
            ]
        );
    });
}

#[test]
fn wait_for_waits_for_a_task_or_in_its_own() {
    each(|python| {
        let waits = record(python, "wait_for").waits();
        let expected: &[&str] = if python.minor < 12 {
            &[
                "0 main: end of nap #1 | 100 ms",
                "0 nap #1: 50 ms",
                "50 main: end of nap #2 | 100 ms",
                "50 nap #2: 200 ms",
                "150 main: end of nap #2",
            ]
        } else {
            &["0 main: 50 ms", "50 main: 200 ms"]
        };
        assert_eq!(waits, expected, "3.{}", python.minor);
    });
}

#[test]
fn a_timeout_cancels_its_own_task() {
    each_from(11, |python| {
        let recorded = record(python, "timeout");
        assert_waits(&recorded, &["0 main: 50 ms", "50 main: 200 ms"]);
        assert_eq!(recorded.wakes(), ["50 main: timer", "150 main: timer"]);
    });
}

#[test]
fn a_task_group_stops_its_tasks_in_order() {
    each_from(11, |python| {
        let recorded = record(python, "task_group");
        assert_eq!(
            recorded.cancels(),
            ["150 nap #3 by fail", "150 nap #4 by fail", "150 main by fail"]
        );
        assert!(recorded.waits().contains(&"0 main: end of nap #1 & nap #2".into()));
    });
}

#[test]
fn what_is_shielded_is_not_cancelled() {
    each(|python| {
        let recorded = record(python, "shield");
        assert_eq!(recorded.cancels(), ["50 shielded by main"]);
        assert!(recorded.waits().contains(&"0 shielded: end of work".into()));
    });
}

#[test]
fn a_bounded_queue_makes_both_sides_wait() {
    each(|python| {
        assert_waits(
            &record(python, "bounded_queue"),
            &[
                "0 main: 20 ms",
                "0 consume: message",
                "20 main: room queue",
                "20 consume: 50 ms",
                "20 main: room queue",
                "70 consume: 50 ms",
                "70 main: work",
                "120 consume: 50 ms",
                "170 consume: 50 ms",
                "220 consume: message",
            ],
        );
    });
}

#[test]
fn whoever_releases_a_lock_wakes_the_next() {
    each(|python| {
        let recorded = record(python, "lock");
        assert!(recorded.waits().contains(&"0 work #2: lock".into()));
        assert!(recorded.wakes().contains(&"50 work #2: work #1".into()));
    });
}

#[test]
fn an_event_wakes_everybody() {
    each(|python| {
        let recorded = record(python, "event");
        assert!(recorded.waits().contains(&"0 wait #2: event".into()));
        let wakes = recorded.wakes();
        assert_eq!(wakes[1..3], ["50 wait #1: main", "50 wait #2: main"]);
    });
}

#[test]
fn a_semaphore_gives_permits() {
    each(|python| {
        let recorded = record(python, "semaphore");
        assert!(recorded.waits().contains(&"0 work #3: permit".into()));
        assert!(recorded.wakes().contains(&"50 work #3: work #1".into()));
    });
}

#[test]
fn a_condition_is_two_waits() {
    each(|python| {
        let waits = record(python, "condition").waits();
        assert!(waits.contains(&"0 wait #1: notification".into()), "{waits:?}");
        assert!(waits.contains(&"50 wait #1: lock".into()), "{waits:?}");
    });
}

#[test]
fn a_barrier_lets_all_go_with_the_last() {
    each_from(11, |python| {
        let recorded = record(python, "barrier");
        assert!(recorded.waits().contains(&"0 come #1: barrier 3".into()));
        let wakes = recorded.wakes();
        assert!(wakes.contains(&"100 come #1: come #3".into()), "{wakes:?}");
        assert!(wakes.contains(&"100 come #2: come #3".into()), "{wakes:?}");
    });
}

#[test]
fn a_future_is_woken_by_whoever_fulfils_it() {
    each(|python| {
        let recorded = record(python, "future");
        assert!(recorded.waits().contains(&"0 main: future".into()));
        assert_eq!(recorded.wakes(), ["50 fulfil: timer", "100 main: timer"]);
    });
}

#[test]
fn an_async_generator_runs_in_the_task_that_walks_it() {
    each(|python| {
        let recorded = record(python, "async_generator");
        assert_eq!(
            recorded.recording.names().shown().collect::<Vec<_>>(),
            ["main", "count.aclose"]
        );
        // The line is the generator's own.
        let sleeps = recorded.recording.events.iter().filter_map(|event| match &event.what {
            What::Pending { task: 0, line, .. } => *line,
            _ => None,
        });
        assert_eq!(sleeps.collect::<Vec<_>>(), [8, 8, 11, 8, 8, 11, 8]);
    });
}

#[test]
fn a_task_of_an_awaitable_has_its_name() {
    each(|python| {
        let recorded = record(python, "awaitables");
        let names = ["main", "Delay", "Answer", "count.__anext__", "count.asend", "count.aclose"];
        assert_eq!(
            recorded.recording.names().shown().collect::<Vec<_>>(),
            names,
            "3.{}",
            python.minor
        );
        let waits = recorded.waits();
        assert!(waits.contains(&"0 Delay: 50 ms".into()), "{waits:?}");
        assert!(waits.contains(&"50 Answer: future".into()), "{waits:?}");
    });
}

#[test]
fn blocking_calls_run_beside_the_tasks() {
    each(|python| {
        let recorded = record(python, "threads");
        assert!(recorded.prints().contains(&"700 last".into()));
        let waits = recorded.waits();
        assert!(waits.contains(&"0 to_thread: blocking".into()), "{waits:?}");
        let both = "0 main: end of to_thread & blocking 1";
        assert!(waits.contains(&both.into()), "{waits:?}");
        assert!(waits.contains(&"450 main: blocking 2".into()), "{waits:?}");
    });
}

#[test]
fn cancellation_is_a_request() {
    each(|python| {
        let recorded = record(python, "cancel");
        assert_eq!(
            recorded.cancels(),
            [
                "50 lets_through by main",
                "50 delays by main",
                "50 swallows by main",
                "50 never_starts by main",
            ]
        );
        let ends = recorded.ends();
        assert_eq!(
            ends,
            [
                "50 lets_through cancelled",
                "50 never_starts cancelled",
                "70 swallows ready",
                "100 delays cancelled",
                "100 main ready",
            ]
        );
    });
}

#[test]
fn what_asyncio_complains_about_is_recorded() {
    each(|python| {
        let prints = record(python, "never_retrieved").prints();
        for complaint in [
            "50 Task exception was never retrieved",
            "50   File \"never_retrieved.py\", line 6, in fail",
            "50 never_retrieved.py:15: RuntimeWarning: coroutine 'fail' was never awaited",
        ] {
            assert!(prints.contains(&complaint.into()), "{prints:#?}");
        }
        // When the last reference goes, not when it fails.
        let at = |text: &str| prints.iter().position(|print| print.contains(text));
        assert!(at("still here") < at("never retrieved"), "{prints:#?}");
        assert!(at("never retrieved") < at("dropped"), "{prints:#?}");
    });
}

#[test]
fn callbacks_belong_to_no_task() {
    each(|python| {
        let recorded = record(python, "callbacks");
        let of_none = recorded.recording.events.iter().filter_map(|event| match &event.what {
            What::Print { task: None, text, .. } => Some(text.as_str()),
            _ => None,
        });
        assert_eq!(of_none.collect::<Vec<_>>(), ["soon", "later", "callback done"]);
    });
}

#[test]
fn an_eager_task_takes_its_first_step_inside_the_other() {
    each_from(12, |python| {
        let recorded = record(python, "eager");
        let inside = recorded.recording.events.iter().filter_map(|event| match event.what {
            What::Poll { task, inside, .. } => Some((task, inside)),
            _ => None,
        });
        let inside: Vec<_> = inside.collect();
        assert_eq!(
            inside,
            [(0, None), (1, Some(0)), (2, Some(0)), (1, None), (0, None)],
            "{}",
            show(&recorded.recording)
        );
    });
}

#[test]
fn sockets_on_loopback_are_the_same_every_time() {
    each(|python| {
        let first = record(python, "streams");
        assert!(first.waits().contains(&"0 handle: io data".into()), "{:#?}", first.waits());
        for _ in 0..3 {
            assert_eq!(python.record_file(&script("streams")).recording, first.recording);
        }
    });
}

#[test]
fn a_run_ends_when_all_have_dealt_with_their_cancellation() {
    each(|python| {
        let recorded = python.record_file(&script("shutdown"));
        let prints = recorded.stdout();
        assert_eq!(prints[1..4], ["c cleans up", "a cleans up", "b cleans up"]);
        assert_eq!(recorded.cancels(), ["50 left #1", "50 left #2", "50 left #3"]);
    });
}

#[test]
fn the_next_of_several_is_waited_for() {
    each(|python| {
        let recorded = record(python, "as_completed");
        assert!(recorded.waits().contains(&"0 main: next".into()));
    });
}

#[test]
fn a_turn_is_given_to_the_others() {
    each(|python| {
        let waits = record(python, "turns").waits();
        assert_eq!(waits.iter().filter(|wait| wait.ends_with(": turn")).count(), 6);
    });
}

#[test]
fn each_run_has_its_root() {
    each(|python| {
        let recorded = record(python, "several_runs");
        assert_eq!(
            recorded.recording.names().shown().collect::<Vec<_>>(),
            ["first", "second", "again"]
        );
        let ends = recorded.recording.events.iter().filter_map(|event| match event.what {
            What::End { task } => Some(task),
            _ => None,
        });
        assert_eq!(ends.collect::<Vec<_>>(), [0, 1]);
    });
}

#[test]
fn an_object_of_a_class_of_coroutines_is_what_it_drives() {
    each(|python| {
        let recorded = record(python, "coroutine_classes");
        let waits = recorded.waits();
        let first =
            |waits: &[String]| waits.iter().map(|w| w.replace(" #3", " #2")).collect::<Vec<_>>();
        assert_eq!(
            first(&waits[..3]),
            ["0 main: end of fetch #1 & fetch #2", "0 fetch #1: 100 ms", "0 fetch #2: 50 ms"],
            "3.{}",
            python.minor
        );
        assert_eq!(waits.last().unwrap(), "150 main: 50 ms", "3.{}", python.minor);
    });
}

#[test]
fn what_takes_the_place_of_a_function_has_its_name() {
    each(|python| drop(record(python, "names")));
}

#[test]
fn a_factory_of_tasks_leaves_them_their_names() {
    let script = "import asyncio
async def fetch():
    await asyncio.sleep(1)
async def main():
    def make(loop, coro, **options):
        return asyncio.Task(coro, loop=loop, **options)
    asyncio.get_running_loop().set_task_factory(make)
    await asyncio.gather(fetch(), asyncio.create_task(fetch(), name='other'))
asyncio.run(main())
";
    each(|python| {
        let recorded = python.record(script);
        let ends = ["1000 other ready", "1000 fetch ready", "1000 main ready"];
        let mut found = recorded.ends();
        found.sort_by_key(|end| ends.iter().position(|expected| expected == end));
        assert_eq!(found, ends, "3.{}", python.minor);
    });
}
