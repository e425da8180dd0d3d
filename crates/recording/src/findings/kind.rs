//! The kinds of findings, the worst first, each with its row in the table that
//! the book shows of them.

/// Makes the kinds and their rows: none without the other.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $name:literal, $proven:literal;)*) => {
        /// What is wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// All of them, the worst first.
            pub const ALL: &[Kind] = &[$(Kind::$kind),*];

            /// Its word for a command line: `not-awaited`.
            pub fn word(self) -> String {
                let mut word = String::new();
                for c in format!("{self:?}").chars() {
                    if c.is_uppercase() && !word.is_empty() {
                        word.push('-');
                    }
                    word.extend(c.to_lowercase());
                }
                word
            }

            /// What a reader calls it, and what the recording proves, in markdown.
            pub fn row(self) -> (&'static str, &'static str) {
                match self {
                    $(Kind::$kind => ($name, $proven),)*
                }
            }
        }
    };
}

kinds! {
    /// Tasks wait for locks, or for the end, of each other.
    Deadlock: "deadlock",
        "tasks wait in a circle, each for a lock that the next one has, or for its end; or for a lock that was handed on to a future that nobody polls; or for permits that they have all themselves";
    /// A task was never polled, as nothing runs what it was spawned on.
    NotDriven: "never polled",
        "a task was spawned on a `LocalSet` that nobody runs, or on a runtime that nothing blocks on, and others wait for ever";
    /// A task waits for something, and nobody is left who could bring it about.
    Stuck: "nothing is left that could wake anybody",
        "every task waits, no timer runs, and nothing outside is waited for; who has the lock is said, also if that task has ended, and in asyncio who has what a queue lends, as a pool does";
    /// A notification or a message came before the task that waits for one.
    Missed: "what came too early",
        "`notify_waiters`, in asyncio a condition's `notify`, or an event's `set` and `clear`, was called before the task began to wait that is stuck now, that whoever awaited it gave up, or that gave up itself as its time was over; or its broadcast channel had sent all of its messages before it subscribed";
    /// Something was dropped half done, and then gone on with behind it.
    HalfDone: "half done, and dropped",
        "a read, a write or a branch was dropped after it had got some bytes or a message, by `select!`, `timeout` or an abort, and then the next one began behind them";
    /// A task gave its turn away over and over, and did nothing else.
    Spins: "spins",
        "a task gave its turn away, or polled its branches and waited for nothing but its next turn, ten thousand times in a row and did nothing else, until it was stopped; or it did give the thread back after that, and 10 ms or more had passed on the machine's clock";
    /// A task panicked; in asyncio: an exception left the root.
    Panicked: "panicked",
        "a task panicked; in asyncio an exception ended the program";
    /// asyncio: an exception ended a task, and nobody asked for it.
    NotRetrieved: "raised, and nobody asked",
        "asyncio: an exception ended a task, and nobody asked for its result, whatever the log shows of that";
    /// asyncio: an exception left a callback, a handler or a protocol.
    Unseen: "raised, and nothing caught it",
        "asyncio: an exception left a callback, what serves a connection, a protocol or an asynchronous generator, and the loop has no exception handler of the program's own";
    /// asyncio: a task was collected before it was done.
    Destroyed: "destroyed unfinished",
        "asyncio: a task was collected while it was suspended, for nothing kept it";
    /// asyncio: a task was cancelled, and went on.
    Uncancelled: "cancelled, and goes on",
        "asyncio: a task that was cancelled at the end of `main`, or by whoever waits for its end, or by a timeout of its own, was suspended again, and the run had to be stopped; or asyncio itself kept the cancellation from it, as `wait_for` does up to Python 3.11 and a `TaskGroup` up to 3.12, and it was suspended again; or a timeout ran out, and what it was to end went on for 10 ms or more (100 ms on the machine's clock) and came to its end without a `TimeoutError`";
    /// asyncio: the loop was called from another thread.
    OtherThread: "called from another thread",
        "asyncio: a thread called the loop of another one, or the handler of a signal its own one while it was asleep, and not by `call_soon_threadsafe`";
    /// asyncio: a coroutine was made and never awaited.
    NotAwaited: "never awaited",
        "asyncio: a coroutine was made, and nothing of it ran";
    /// The thread was held while others should have run.
    Held: "the thread was held",
        "a task kept the thread for 10 ms or more, and others, or another timer of its own, were late by as much (100 ms on the machine's clock); or a timeout was due while its own future had the thread; or the run had to be stopped, and one poll never ended";
    /// A timeout ran out, and its task did not poll it.
    Unpolled: "a timeout that nobody polled",
        "tokio: a timeout was due while its task waited for other things and did not poll it; that it had run out was seen 10 ms later or more (100 ms on the machine's clock)";
    /// A branch was ready, and others were looked at first.
    PassedOver: "a branch that was passed over",
        "tokio: a branch of a `select!` was seen 10 ms or more after what it waits for had come (100 ms on the machine's clock), as ten times in a row or more an earlier branch was ready, with no message that had been sent before, and it was not looked at again";
    /// A process has filled a pipe that nobody reads.
    Unread: "a pipe that nobody reads",
        "asyncio: a task waits for the end of another process, which has filled the pipe to its output; for a second or more nobody read of that, until the run was stopped or the wait was given up";
    /// A call found no thread free.
    NoThread: "no thread was free",
        "a call was given to a pool whose threads were all taken, and it was given up before one was free, or none was until the end";
    /// A call went on in its thread after it was given up.
    Outlived: "goes on in its thread",
        "a call in a thread (`to_thread`, `spawn_blocking`) went on for 10 ms or more after its timeout or its cancellation, or in tokio after `main` was done (100 ms on the machine's clock)";
    /// A task was ended before its first turn.
    NeverRan: "never ran",
        "`main` was done before the first turn of a task";
    /// A task was ended unfinished, with main.
    Unfinished: "dropped unfinished",
        "`main` was done before a task was, and nobody had cancelled the task";
    /// Tasks were dropped unfinished with their `JoinSet`.
    SetDropped: "dropped with its `JoinSet`",
        "a `JoinSet` was dropped that nobody had asked for the end of any task, and with it tasks that were not done";
    /// A permit or a guard was dropped in the statement that took it.
    Unkept: "given back at once",
        "tokio: `let _ =` took each permit or guard of a semaphore or a lock, which was dropped in the same statement, twice or more";
    /// A timer was always set anew before it was due.
    TimerReset: "a timer that never fires",
        "a `select!` in a loop sets it anew each time, and something else always comes first";
    /// A channel was always full.
    ChannelFull: "a channel that is always full",
        "whoever sends waited at least ten times, four fifths of the time";
    /// A receiver was too slow for the values of a broadcast channel.
    Lagged: "values that were missed",
        "a receiver of a `broadcast` channel lagged behind, and the program never says `Lagged`";
    /// The run did not come to its own end, and nothing else says why.
    Stopped: "stopped",
        "the run did not come to its own end, and nothing else says why: where everybody stood";
}

/// The table of all kinds, in markdown.
pub fn table() -> String {
    let mut table = "| finding | what the recording proves |\n|---|---|\n".to_owned();
    for (name, proven) in Kind::ALL.iter().map(|kind| kind.row()) {
        table += &format!("| {name} | {proven} |\n");
    }
    table
}
