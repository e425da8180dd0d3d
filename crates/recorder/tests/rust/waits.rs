//! What a task waits for, and who wakes it.

use recording::event::{By, Source, What};
use recording::on::On;

use crate::support::{assert_told, program, run, story};

#[test]
fn channels_say_whether_a_message_or_room_is_missing() {
    assert_told(
        &story("channels"),
        &[
            "main waits for turn (9)",
            "produce waits for room channel (30)",
            "the runtime wakes main",
            "main wakes produce",
            "main prints got 1",
            "main waits for message (10)",
            "produce wakes main",
            "main prints got 3",
            "main waits for answer (16)",
            "answer wakes main",
            "main prints 42",
            "main waits for message (20)",
            "announce wakes main",
            "main waits for value (24)",
            "change wakes main",
        ],
    );
}

#[test]
fn locks_say_who_lets_go() {
    let told = story("locks");
    for lines in [
        &["lock waits for lock (39)", "lock wakes lock"][..],
        &["read waits for lock read (49)", "write wakes read"],
        &["acquire waits for permit (53)", "acquire waits for permit 2 (53)"],
        &["notified waits for notification (58)", "main wakes notified"],
        &["meet waits for barrier 2 (62)", "meet wakes meet"],
        &["init waits for cell (70)", "init wakes init"],
        // The one that sets the cell waits for what it sets it with.
        &["init waits for 1 s (67)", "the timer wakes init"],
    ] {
        assert_told(&told, lines);
    }
}

#[test]
fn timers_say_what_the_program_asked_for() {
    assert_told(
        &story("timers"),
        &[
            "main sets a timer of 1500",
            "main waits for 1.5 ms (8)",
            "the timer wakes main",
            // tokio rounds up to whole milliseconds.
            "main prints 2ms",
            "main sets a timer of 998000",
            // By the program's clock one tick later than was asked for.
            "main prints 1.001s",
            "main waits for 5 ms (13)",
            "main prints Err(Elapsed(()))",
            "main waits for 5 ms | 5 s (15)",
            "main prints Ok(())",
            "main sets a timer of 100000",
            "main waits for tick (22)",
            "main prints 101ms",
            "main blocks for 250000",
            // A tick was missed, the one after it is due at the next 100 ms.
            "main sets a timer of 50000",
            "main waits for tick (26)",
            "main prints 401ms",
        ],
    );
}

#[test]
fn branches_of_one_task_are_told_apart() {
    assert_told(
        &story("branches"),
        &[
            "main > after(2)",
            "main < after(2): Pending",
            "main > after(1)",
            "main < after(1): Pending",
            "main waits for 2 s & 1 s (39)",
            "main < after(1): Ready",
            "main waits for 2 s (39)",
            "main prints joined 2 1",
            "main > after(1) #1",
            "main > after(1) #2",
            "main prints (1, 1)",
            "main < fails(1): Ready",
            "main < never(): Drop",
            "main prints Err(\"failed\")",
            "main < after(2): Ready",
            "main prints selected 2",
            "main > &mut slow",
            "main < &mut slow: Ready",
            "main prints 0",
        ],
    );
    let told = story("branches");
    // It was only lent to the first round.
    assert!(!told.contains(&"main < &mut slow: Drop".to_owned()));
    let both = told.iter().filter(|line| line.contains("None::<u32>")).count();
    assert_eq!(both, 4, "the branch that never fits is polled once a round");
}

#[test]
fn branches_from_a_list_are_called_after_their_function() {
    assert_told(
        &story("lists"),
        &[
            "main > after #1",
            "main < after #1: Pending",
            "main > after #2",
            // Both are needed.
            "main waits for 2 s & 1 s (38)",
            "main < after #2: Ready",
            "main prints [2, 1]",
            // Handles say which task it is.
            "main waits for end of after #1 & after #2 (13)",
            "main > #1",
            "main prints block 7",
            "main > after #1",
            "main > after #2",
            "main > after #3",
            "main waits for 3 s | 1 s | 2 s (38)",
            "main < after #2: Ready",
            "main prints first 1",
            // Not all are polled again, and those that are not go on waiting.
            "main waits for 3 s | 2 s (38)",
            "main prints first 2",
            "main prints first 3",
            "main > after(1)",
            "main > after(2)",
            "main prints 3",
        ],
    );
}

#[test]
fn branches_of_a_stream_of_futures_are_told_apart() {
    let told = story("lists");
    for lines in [
        // Two at a time, as they come.
        &[
            "main < after #1: Ready",
            "main > after #3",
            "main waits for 3 s | 2 s (38)",
            "main prints sum 6",
        ][..],
        &["main < after #1: Ready", "main prints ordered [2, 1]"],
        &["main < after #2: Ready", "main > after #3", "main prints buffered [3, 1, 2]"],
        &["main > show #2", "main prints shown 1", "main < show #2: Ready"],
    ] {
        assert_told(&told, lines);
    }
}

#[test]
fn the_first_of_several_futures_is_told_apart() {
    assert_told(
        &story("selects"),
        &[
            "main > slow",
            "main > ticks.next()",
            "main waits for 3 s | 1 s (47)",
            "main < ticks.next(): Ready",
            "main prints tick 1",
            "main prints no more ticks",
            "main < slow: Ready",
            "main prints slow 3",
            "main prints first 1",
            "main prints nothing",
            "main prints right 1, then 2",
            "main waits for end of after #1 | after #2 | after #3 (39)",
            "main prints 1 at 1",
            "main prints 2 at 1",
            "main prints 3 at 0",
        ],
    );
}

#[test]
fn a_task_that_has_used_up_its_budget_waits_for_its_turn() {
    assert_told(
        &story("budget"),
        &[
            "drain waits for turn (17)",
            "other prints other",
            "the runtime wakes drain",
            "drain prints drained",
        ],
    );
}

#[test]
fn a_select_that_has_used_up_its_budget_waits_for_its_turn() {
    let (_, events) = run(program("budget_in_select"));
    let turns = events.iter().filter(|event| match &event.what {
        What::Pending { task: 0, on, .. } => {
            assert_eq!(on.as_deref(), Some(&[On::Turn][..]));
            true
        }
        _ => false,
    });
    assert_eq!(turns.count(), 1);
    let wakes = events.iter().filter_map(|event| match event.what {
        What::Wake { task: 0, by } => Some(by),
        _ => None,
    });
    assert_eq!(wakes.collect::<Vec<_>>(), [By::Source(Source::Runtime)]);
    let prints = events.iter().filter_map(|event| match &event.what {
        What::Print { text, .. } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(prints.collect::<Vec<_>>(), ["other", "main"]);
}

#[test]
fn of_a_future_of_the_program_nothing_is_guessed() {
    assert_told(
        &story("strangers"),
        &[
            "main wakes main",
            "main waits for ?",
            "main waits for ? (30)",
            "wake_later wakes main",
            "main waits for answer (13)",
            "answer wakes main",
        ],
    );
}

#[test]
fn guards_and_permits_do_what_tokio_s_do() {
    let prints: Vec<String> = story("guards")
        .iter()
        .filter_map(|told| told.split_once(" prints ").map(|(_, text)| text.to_owned()))
        .collect();
    // What the same program prints on tokio itself.
    assert_eq!(
        prints,
        [
            "mapped 3 3",
            "Mutex { data: (3, \"one\") }",
            "3",
            "owned one!",
            "moved 4",
            "blocking 2",
            "read 1 one",
            "downgraded 5 Ok(5)",
            "one?",
            "5",
            "owned 1",
            "downgraded 8 8",
            "one.",
            "one.",
            "2 and 1",
            "2 are left",
            "2 forgotten",
            "true 2",
            "Some(AcquireError(()))",
            "1 1",
            "true",
            "Some(7)",
            "true",
            "None",
            "set to 3",
            "2",
            "[5, 6] [5, 6]",
        ]
    );
}

#[test]
fn what_is_waited_for_has_the_name_that_it_was_made_for() {
    assert_told(
        &story("locks"),
        &[
            "resource 1: Lock Some(\"mutex\") (13)",
            "lock waits for lock (39)",
            "resource 2: Rwlock Some(\"rwlock\") (17)",
            "resource 3: Semaphore Some(\"semaphore\") (20)",
            "resource 4: Notify Some(\"notify\") (24)",
            "resource 5: Barrier Some(\"barrier\") (26)",
            // A constant.
            "resource 6: Cell None",
            "init waits for cell (70)",
        ],
    );
    let told = story("guards");
    assert!(told.iter().any(|line| line.starts_with("waits waits for cell")));
}
