//! What the recorded process and the one that reads its records agree about:
//! the variables of the environment, the records, and what a task waits for.
//!
//! It depends on nothing. The stand-in for tokio has it as a module, and so has
//! `crates/recorder`, which hands the names of the variables to the recorder
//! for Python too. Each side makes its own types of the tables: the stand-in
//! such as it can write without a copy, the reader such as serde fills. A type
//! that stands here is the reader's; one with an `Option` may be left out.
//!
//! A record is a JSON object a line: `{"t":1500,"e":"ready","k":3}`. `t` is the
//! clock in nanoseconds since the start, `e` which record it is, `w` the thread
//! of several on which it happened. In all of them `k` is a task, `s` the
//! number of a call stack (0 is none), `r` the number of a resource.

/// Names the file that the records, or a Python script's events, are appended to.
pub(crate) const EVENTS: &str = "CONTEXT_SWITCH_EVENTS";
/// Set to `1` when the program is to run on the machine's clock.
pub(crate) const REAL_TIME: &str = "CONTEXT_SWITCH_REAL_TIME";
/// The number of records, or events, after which the program is stopped.
pub(crate) const MOST_EVENTS: &str = "CONTEXT_SWITCH_MOST_EVENTS";
/// The number of workers that every runtime is to have, on the machine's clock.
pub(crate) const WORKERS: &str = "CONTEXT_SWITCH_WORKERS";

/// The records: `Name = "tag" { field: type of the reader's }`.
macro_rules! records {
    ($make:ident) => {
        $make! {
            /// The process starts, loaded at `base`.
            Start = "start" { base: u64 }
            /// A call stack, seen for the first time: addresses, the innermost first.
            Stack = "stack" { s: StackId, ips: Vec<u64> }
            /// Something for the header.
            Note = "note" { note: String }
            /// A task, spawned by the task `by` at a place of the program.
            Spawn = "spawn" {
                k: u32, kind: Kind, by: Option<u32>, file: String, line: usize, col: usize
            }
            /// A poll begins, within the one of `inside`, if that is a task.
            Poll = "poll" { k: u32, inside: Option<u32> }
            /// It ends; any of `on` lets the task go on.
            Pending = "pending" { k: u32, on: Vec<Wait> }
            /// A lock, a channel or the like, mentioned for the first time, and
            /// where it was made.
            Resource = "resource" {
                r: u32, kind: ResourceKind, file: Option<String>, line: Option<usize>, col: Option<usize>
            }
            /// Who has a resource from here on, told while others wait in line.
            Hold = "hold" { r: u32, held: Held }
            /// Something that nobody got: a notification, or `n` values.
            Lost = "lost" { k: Option<u32>, what: Lost, r: u32, n: Option<u64>, s: StackId }
            Ready = "ready" { k: u32 }
            Cancel = "cancel" { k: u32, by: Option<By> }
            Panic = "panic" { k: u32, text: String, s: Option<StackId> }
            /// A panic outside every task.
            Stray = "stray" { text: String, line: u32, col: u32, s: StackId }
            Wake = "wake" { k: u32, by: By }
            /// A timer, due so many nanoseconds after the start.
            Timer = "timer" { k: u32, due: u64, s: StackId }
            /// A blocking sleep of so many nanoseconds.
            Block = "block" { k: Option<u32>, ns: u64, s: StackId, thread: Option<u32> }
            /// A line of output; `thread` where it is not the process's first.
            Print = "print" {
                k: Option<u32>, fd: i32, text: String, s: StackId, thread: Option<u32>
            }
            Enter = "enter" { k: u32, branch: String }
            Leave = "leave" { k: u32, branch: String, how: Left }
            /// The runtime of the root future `k`, which is done, is being dropped.
            End = "end" { k: u32 }
            /// Nothing is left that could wake anybody.
            Stuck = "stuck" {}
            /// It cannot run on virtual time, as `why` says; on the machine's
            /// clock its recording is of the `class`.
            Outside = "outside" { why: String, class: Class }
            /// It cannot run on one thread, as `why` says.
            Workers = "workers" { why: String }
            /// So many records that the program was stopped.
            Flood = "flood" {}
            /// The program calls `exit`.
            Exits = "exits" { k: Option<u32>, status: i32, s: StackId, thread: Option<u32> }
            /// Another program takes the place of this one, or is to.
            Becomes = "becomes" {}
            /// The process ends by itself.
            Exit = "exit" {}
        }
    };
}
pub(crate) use records;

/// What a task can wait for: `Name = "tag" { field: type }`, the tag being the
/// object's `for`. Beside its fields each has `s`, the stack of the leaf.
///
/// Each side says what a `Wait` and `Held` are, one of these with its stack and
/// who has a resource now, and the texts `Mode`, `RoomOf` and `CloseOf`.
macro_rules! leaves {
    ($make:ident) => {
        $make! {
            /// So much time, as the program said it; without `ns` for ever.
            Time = "time" { ns: Option<u64> }
            /// The next tick of an interval.
            Tick = "tick" {}
            /// The end of one of these tasks; of others, if there are none.
            Tasks = "tasks" { of: Vec<u32> }
            /// The end of a blocking call.
            Blocking = "blocking" {}
            /// A lock; with a `mode` one that many may read.
            Lock = "lock" { resource: u32, mode: Option<Mode>, held: Held }
            /// So many permits of a semaphore, or one.
            Permit = "permit" { n: Option<u32>, resource: u32, held: Held }
            Message = "message" { resource: u32 }
            /// Room in what `of` says.
            Room = "room" { of: RoomOf, resource: u32 }
            /// The end of what `of` says.
            Close = "close" { of: CloseOf, resource: u32 }
            /// The answer of a oneshot channel.
            Answer = "answer" { resource: u32 }
            /// A new value of a watch channel, or one that fits.
            Value = "value" { fits: bool, resource: u32 }
            /// A cell to be set.
            Cell = "cell" { resource: u32, held: Held }
            Barrier = "barrier" { resource: u32 }
            Notification = "notification" { resource: u32 }
            /// Its next turn: it let the others go first.
            Turn = "turn" {}
            /// The tasks of its local set.
            Local = "local" {}
            /// One of its futures, which has taken another waker than the task's.
            Futures = "futures" {}
            /// What the stand-in does not know: the functions of the stack tell.
            Stranger = "stranger" {}
            /// Each of these.
            All = "all" { on: Vec<Wait> }
            /// One of these, within an `all`.
            Any = "any" { on: Vec<Wait> }
        }
    };
}
pub(crate) use leaves;
