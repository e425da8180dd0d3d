//! The recorder inside the recorded process.
//!
//! A program is a set of *tasks*. Every future that tokio is given as a task
//! is wrapped in a [`Recorded`](tasks::recorded::Recorded), which says when it
//! is polled and what comes of it, and hands it a waker of its own, which says
//! who woke it. What a task waits for is said by the *leaves*, the futures of
//! tokio that return `Pending` of their own accord: see [`tasks::wait`].
//!
//! It is built in floors, a folder each. Code calls what is on its own floor or
//! below, never what is above, and no two files call each other: a test of the
//! recorder's (`tests/rust/floors.rs`) reads them. What a line may do follows from its floor:
//!
//! | floor, from the ground | is | allocates | locks | emits a record |
//! |---|---|---|---|---|
//! | [`sys`] | the system calls themselves, past the hooks | where it lists sockets | has `SpinLock`, takes none | no |
//! | [`records`] | the clocks, the numbers of threads and stacks, the records | yes | `SpinLock`; std's for stacks, lines of output and roots | yes |
//! | [`turns`] | whose turn it is, of several threads | yes | `SpinLock` alone: std's would wait for a turn | yes, with its lock held |
//! | [`tasks`] | tasks, wakers, leaves and what they wait for | yes | any; a task's state while it is recorded | yes, with a task's state locked |
//! | [`hooks`] | functions of libc, called by std, tokio and the floors above `sys` alike | only once the process is recorded | no | yes |
//! | the shims (`branches`, `io`, `runtime`, `sync`, `task`, `time`) | tokio's own types, wrapped | yes | any | through `tasks` |
//!
//! A hook is called by name, by whoever calls libc: nobody here calls one.

// Miri has its own of what is hooked, and takes no other.
#[cfg(not(miri))]
pub(crate) mod hooks;
pub(crate) mod sys;

/// What is recorded, and how: the clocks, the numbers of threads and stacks.
pub(crate) mod records {
    pub(crate) mod clock;
    pub(crate) mod compute;
    pub(crate) mod driven;
    pub(crate) mod file;
    pub(crate) mod in_place;
    pub(crate) mod leaves;
    pub(crate) mod order;
    pub(crate) mod output;
    pub(crate) mod raw;
    pub(crate) mod roots;
    pub(crate) mod say;
    pub(crate) mod stack;
    pub(crate) mod switch;
    pub(crate) mod who;
    pub(crate) mod workers;
}

/// The threads of the process on virtual time, one of which runs.
pub(crate) mod turns {
    pub(crate) mod threads;
    pub(crate) mod turn;
    pub(crate) mod watch;
}

/// Tasks, their wakers, their leaves, and what these wait for.
pub(crate) mod tasks {
    pub(crate) mod acquire;
    pub(crate) mod branch;
    pub(crate) mod budget;
    pub(crate) mod calls;
    pub(crate) mod current;
    pub(crate) mod function;
    pub(crate) mod half;
    pub(crate) mod holders;
    pub(crate) mod keys;
    pub(crate) mod lost;
    pub(crate) mod named;
    pub(crate) mod node;
    pub(crate) mod on;
    pub(crate) mod panic;
    pub(crate) mod passed;
    pub(crate) mod recorded;
    pub(crate) mod resource;
    pub(crate) mod taken;
    pub(crate) mod timer;
    pub(crate) mod wait;
    pub(crate) mod waker;
}
