//! Tasks: spawned, awaited, aborted, dropped, gone wrong.

use std::time::Duration;

use recording::check::check;
use recording::session::Ending;

use crate::support::{assert_told, prints, program, run, run_to, story, tell};

#[test]
fn a_handle_waits_for_its_task_by_name() {
    assert_told(
        &story("handles"),
        &[
            "main spawns parent",
            "main waits for end of parent (8)",
            "parent spawns child",
            "parent waits for end of child (37)",
            "child ready",
            "child wakes parent",
            "parent ready",
            "parent wakes main",
            "main prints 42",
        ],
    );
}

#[test]
fn an_abort_is_the_doing_of_who_aborts() {
    let told = story("handles");
    assert_told(
        &told,
        &[
            "detached ready",
            "main waits for end of forever #1 (13)",
            "main drops forever",
            "forever wakes main",
            "main prints cancelled: true",
        ],
    );
    assert_eq!(told.last().unwrap(), "forever dropped", "with the runtime, by nobody");
}

#[test]
fn a_set_waits_for_any_of_its_tasks() {
    assert_told(
        &story("handles"),
        &[
            "main waits for end of number #1 | number #2 | number #3 (19)",
            "main prints joined 1",
            "main waits for end of number #1 | number #3 (19)",
            "main prints joined 2",
            "main waits for end of number #1 (19)",
            "main prints joined 3",
            "main drops number",
            "main prints aborted: true",
            // The set dropped.
            "main drops number",
        ],
    );
}

#[test]
fn a_panic_ends_its_task_and_no_other() {
    let (ending, _, events) = run_to(program("panics"), Duration::from_secs(60));
    assert_eq!(ending, Ending::Exit(101));
    check(&events).unwrap();
    assert_told(
        &tell(&events),
        &[
            "fails panics: boom 3 (18)",
            "fails wakes main",
            "main prints task 1 panicked with message \"boom 3\"",
            "main prints true",
            "main panics: there is something (13)",
            "end of main",
            "waits dropped",
        ],
    );
}

#[test]
fn local_tasks_are_polled_inside_the_task_that_holds_them() {
    assert_told(
        &story("local"),
        &[
            "with_set spawns show",
            "with_set prints spawned",
            "show polled inside with_set",
            "show prints run until 5",
            "with_set waits for end of show #2 (25)",
            "sleeper polled inside with_set",
            "with_set waits for local (29)",
            "the timer wakes sleeper",
            "the runtime wakes with_set",
            "show prints local runtime 5",
        ],
    );
}

#[test]
fn other_threads_take_their_time_and_nobody_elses() {
    let (_, events) = run(program("threads"));
    assert_eq!(
        prints(&events),
        [
            "1000000 -: job 1",
            "1500000 main: main",
            "2000000 -: job 2",
            "2000000 main: got 2",
            "2000000 main: got 1",
            "2000000 main: 2s",
            "3000000 main: from a thread after 3s",
            "3012000 main: 3.012s",
            "3012000 main: block_in_place refused: true",
        ]
    );
    let told = tell(&events);
    assert_told(&told, &["main waits for blocking (15)", "io wakes main"]);
}
