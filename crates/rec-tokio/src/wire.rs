//! What the recorded process and the one that reads its records agree about:
//! the variables of the environment, the records, and what a task waits for.
//!
//! It depends on nothing. The stand-in for tokio has it as a module, and so has
//! `crates/recorder`, which hands the names of the variables to the recorder
//! for Python too. Each side makes its own types of the tables: the stand-in
//! such as it can write without a copy, the reader such as serde fills. A type
//! that stands here is the reader's; one with an `Option` may be left out.
//!
//! The file begins with a [`HEAD`]. Then come the records, values of CBOR (RFC
//! 8949), of which there are numbers, texts, lists, `true`, `false` and `null`:
//! which record it is, as its place in the table; by how many nanoseconds the
//! clock has gone on since the record before; the thread of several on which it
//! happened, or `null`; then its fields in their order, `null` where there is
//! nothing to say. In all of them `k` is a task, `s` the number of a call stack
//! (0 is none), `r` the number of a resource, `thread` the name of a thread, or the
//! number of one that has no name, where 0 is any of tokio's pool.

/// Names the file that the records, or a Python script's events, are appended to.
pub(crate) const EVENTS: &str = "CONTEXT_SWITCH_EVENTS";
/// Set to `1` when the program is to run on the machine's clock.
pub(crate) const REAL_TIME: &str = "CONTEXT_SWITCH_REAL_TIME";
/// The number of records, or events, after which the program is stopped.
pub(crate) const MOST_EVENTS: &str = "CONTEXT_SWITCH_MOST_EVENTS";
/// The number of workers that every runtime is to have, on the machine's clock.
pub(crate) const WORKERS: &str = "CONTEXT_SWITCH_WORKERS";

/// Set to `1` when that holds only for the runtimes of several threads for which
/// the program says no number: it needs several, and nobody asked for them.
pub(crate) const AS_WRITTEN: &str = "CONTEXT_SWITCH_AS_WRITTEN";
/// Set when the program's order is chosen, on virtual time: which other way than
/// the first it takes, `POSITION.WAY` for each, with `-` between; and after `~`
/// how the ways are drawn by lot that come later, `SEED.CHANGES.LENGTH`. A `w` before
/// all that stands for the wider model.
pub(crate) const ORDER: &str = "CONTEXT_SWITCH_ORDER";

/// Set to `1` when the process is to fork for each run, see `process::forks`.
pub(crate) const FORKS: &str = "CONTEXT_SWITCH_FORKS";

/// The bytes at the beginning of the file that say what of it counts: three
/// numbers of 8 bytes, as the machine has them, at the places below.
pub(crate) const HEAD: usize = 64;
/// Up to which byte of the file there are records. It is written after them, so
/// that of a process that is killed no half record is read.
pub(crate) const END: usize = 0;
/// When the last was written, in nanoseconds of the machine's wall clock, on a
/// grid of some milliseconds.
pub(crate) const WRITTEN: usize = 8;
/// One more than the status with which a handler of a signal has ended the
/// process, as a number of 32 bits: it may have interrupted the writing of any
/// record.
pub(crate) const HANDLER_EXITS: usize = 16;

/// The records: `Name { field: type of the reader's }`.
macro_rules! records {
    ($make:ident) => {
        $make! {
            /// The process starts, loaded at `base`.
            Start { base: u64 }
            /// A call stack, seen for the first time: addresses, the innermost first.
            Stack { s: StackId, ips: Vec<u64> }
            /// Something for the header.
            Note { note: String }
            /// One of `of` ways in which the program may go on was `took`, from 0.
            Choice { of: usize, took: usize }
            /// A task, spawned by the task `by` at a place of the program; its future was
            /// made by the function `of`, where that is known, and the program says that
            /// it is `named` so.
            Spawn {
                k: u32, kind: Kind, by: Option<u32>, file: String, line: usize, col: usize, of: String,
                named: Option<String>
            }
            /// A poll begins, within the one of `inside`, if that is a task.
            Poll { k: u32, inside: Option<u32> }
            /// It ends; any of `on` lets the task go on.
            Pending { k: u32, on: Vec<Wait> }
            /// A lock, a channel or the like, mentioned for the first time, and
            /// where it was made.
            Resource {
                r: u32, kind: ResourceKind, file: Option<String>, line: Option<usize>, col: Option<usize>
            }
            /// Who has a resource from here on, told while others wait in line.
            Hold { r: u32, held: Held }
            /// Something that nobody got: a notification, or `n` values, messages or
            /// bytes, or a guard `of` the `n`th thing of which this is told. Bytes were lost at `s` in what is called `call`, which was
            /// dropped, and are missing since it went on at `again`.
            Lost {
                k: Option<u32>, what: Lost, r: Option<u32>, n: Option<u64>, s: StackId,
                of: Option<ResourceKind>, call: Option<String>, again: Option<StackId>
            }
            Ready { k: u32 }
            /// It is dropped; `set`, with its `JoinSet`, which nobody had asked.
            Cancel { k: u32, by: Option<By>, set: Option<bool> }
            /// A blocking call, made at a place of the program: it waits for one of
            /// so many threads, which calls have that were made where `held` says, or
            /// starts after that; the task that waited for it does so no more, main is
            /// done, or it is over after that.
            Call {
                call: u32, how: Called, k: Option<u32>, file: String, line: usize,
                threads: Option<u32>, held: Held
            }
            Panic { k: u32, text: String, s: Option<StackId> }
            /// A panic outside every task.
            Stray { text: String, line: u32, col: u32, s: StackId, thread: Option<Thread> }
            Wake { k: u32, by: By }
            /// A timer, due so many nanoseconds after the start.
            Timer { k: u32, due: u64, s: StackId }
            /// A blocking sleep of so many nanoseconds.
            Block { k: Option<u32>, ns: u64, s: StackId, thread: Option<Thread> }
            /// A timeout after so many nanoseconds, which was due while its own future
            /// had the thread; or, with a `late`, was seen so many nanoseconds after
            /// that, for its task did not wait for it.
            Overrun { k: Option<u32>, limit: u64, s: StackId, late: Option<u64> }
            /// A branch that had been ready for so many nanoseconds when it was looked
            /// at: until then another one was ready before it, time after time.
            Passed { k: u32, branch: String, late: u64, s: StackId }
            /// A line of output; here as elsewhere `thread` is one that is not the
            /// process's first.
            Print {
                k: Option<u32>, fd: i32, text: String, s: StackId, thread: Option<Thread>
            }
            Enter { k: u32, branch: String }
            Leave { k: u32, branch: String, how: Left }
            /// The runtime of the root future `k`, which is done, is being dropped.
            End { k: u32 }
            /// Nothing is left that could wake anybody.
            Stuck {}
            /// It cannot run on virtual time, as `why` says; on the machine's
            /// clock its recording is of the `class`.
            Outside { why: String, class: Class }
            /// It cannot run on one thread, as `why` says.
            Workers { why: String }
            /// So many records that the program was stopped.
            Flood {}
            /// The program calls `exit`.
            Exits { k: Option<u32>, status: i32, s: StackId, thread: Option<Thread> }
            /// Another program takes the place of this one, or is to.
            Becomes {}
            /// The process ends by itself.
            Exit {}
        }
    };
}
pub(crate) use records;

/// What a task can wait for: `Name { field: type }`. Each is a list: its place
/// in the table, `s`, which is the stack of the leaf, and its fields.
///
/// Each side says what a `Wait` and `Held` are, one of these with its stack and
/// who has a resource now, and the texts `Mode`, `RoomOf` and `CloseOf`.
macro_rules! leaves {
    ($make:ident) => {
        $make! {
            /// So much time, as the program said it; without `ns` for ever.
            Time { ns: Option<u64> }
            /// The next tick of an interval.
            Tick {}
            /// The end of one of these tasks; of others, if there are none.
            Tasks { of: Vec<u32> }
            /// The end of a blocking call.
            Blocking {}
            /// A lock; with a `mode` one that many may read.
            Lock { resource: u32, mode: Option<Mode>, held: Held }
            /// So many permits of a semaphore, or one.
            Permit { n: Option<u32>, resource: u32, held: Held }
            Message { resource: u32 }
            /// Room in what `of` says.
            Room { of: RoomOf, resource: u32 }
            /// The end of what `of` says.
            Close { of: CloseOf, resource: u32 }
            /// The answer of a oneshot channel.
            Answer { resource: u32 }
            /// A new value of a watch channel, or one that fits.
            Value { fits: bool, resource: u32 }
            /// A cell to be set.
            Cell { resource: u32, held: Held }
            /// The others at a barrier, which lets `n` go together.
            Barrier { resource: u32, n: u32 }
            Notification { resource: u32 }
            /// Its next turn: it let the others go first.
            Turn {}
            /// The tasks of its local set.
            Local {}
            /// One of its futures, which has taken another waker than the task's.
            Futures {}
            /// What the stand-in does not know: the functions of the stack tell.
            Stranger {}
            /// Each of these.
            All { on: Vec<Wait> }
            /// One of these, within an `all`.
            Any { on: Vec<Wait> }
        }
    };
}
pub(crate) use leaves;
