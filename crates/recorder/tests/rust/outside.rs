//! What comes from outside the tasks: sockets, files, signals, processes.

use recorder::event::{Class, Clock};

use crate::support::{assert_told, prints, program, run, story, tell};

#[test]
fn io_says_what_it_waits_for() {
    assert_told(
        &story("io"),
        &[
            "main waits for room to write (10)",
            "read_lines wakes main",
            "read_lines prints one",
            "read_lines waits for data (45)",
            "main waits for the connection (17)",
            "echo waits for a connection (51)",
            "io wakes echo",
            "main waits for data (20)",
            "io wakes main",
            "main prints hello",
            "receive waits for a packet (60)",
            "main waits for the file (32)",
            "main waits for input (34)",
            "main prints input \"\"",
            "main waits for 1 s or Ctrl-C (36)",
            "main prints not interrupted",
        ],
    );
}

#[test]
fn io_within_the_process_is_exact() {
    let (header, first) = run(program("io"));
    assert_eq!(header.class, Class::Exact);
    for _ in 0..10 {
        assert_eq!(run(program("io")).1, first);
    }
}

#[test]
fn a_program_that_starts_another_runs_on_the_real_clock() {
    let (header, events) = run(program("starts_a_process"));
    assert_eq!((header.class, header.clock), (Class::Seen, Clock::Real));
    assert_eq!(header.notes, ["recorded on the machine's clock: it starts another process"]);
    assert_told(&tell(&events), &["main waits for the other process (7)", "io wakes main"]);
    assert!(prints(&events)[1].ends_with(r#"main: it said "hi\n""#));
}

#[test]
fn a_child_that_is_split_off_is_not_recorded() {
    let (header, events) = run(program("forks"));
    assert_eq!((header.class, header.clock), (Class::Seen, Clock::Real));
    let told = tell(&events);
    assert_told(&told, &["main prints before", "main prints after", "main ready"]);
    assert!(!told.iter().any(|line| line.contains("child") || line.contains("exits")), "{told:?}");
}

#[test]
fn there_is_nothing_to_read() {
    let (header, events) = run(program("reads_stdin"));
    assert_eq!(header.class, Class::Exact);
    assert_eq!(prints(&events), ["0 main: read 0"; 3]);
}

#[test]
fn where_the_order_depends_on_computing_the_clock_is_real() {
    let (header, events) = run(program("computes_on_threads"));
    assert_eq!((header.class, header.clock), (Class::Order, Clock::Real));
    assert_eq!(header.notes, ["recorded on the machine's clock: it computes on several threads"]);
    let told = tell(&events);
    assert_told(&told, &["- prints short 4", "- prints long 78498"]);

    let (header, events) = run(program("computes"));
    assert_eq!((header.class, header.clock), (Class::Order, Clock::Real));
    assert_eq!(header.notes, ["recorded on the machine's clock: it computes while a timer runs"]);
    assert_told(&tell(&events), &["wait prints waited as long as main computed: true"]);
}
