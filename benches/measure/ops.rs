//! The operations whose cost is measured one by one, in Rust. Each has a twin of
//! the same id in `python/ops.py`, as far as Python has it.

mod across;
mod floors;
mod tasks;

use std::time::Duration;

/// Does something so many times and says how long that took.
pub type Op = fn(u64) -> Duration;

/// A runtime started, given nothing to do, and ended, in a process that is warm.
pub const RUNTIME: &str = "runtime, start and end";

/// What is done, by whom, and how. Below each operation stands its floor: what
/// the machine or the kernel needs for it at least.
pub const OPS: &[(&str, &str, Op)] = &[
    ("call", "rust", floors::call),
    ("await, nothing to wait for", "floor", floors::call),
    ("await, nothing to wait for", "current_thread", |n| tasks::one(tasks::ready(n))),
    ("yield", "floor", floors::poll),
    ("yield", "current_thread", |n| tasks::one(tasks::yields(n))),
    ("yield", "multi_thread", |n| tasks::all(tasks::yields(n))),
    ("spawn and await", "floor", floors::boxed),
    ("spawn and await", "current_thread", |n| tasks::one(tasks::spawns(n))),
    ("spawn and await", "multi_thread", |n| tasks::all(tasks::spawns(n))),
    ("spawn and await, from main", "floor", floors::boxed),
    ("spawn and await, from main", "current_thread", |n| tasks::one_main(tasks::spawns(n))),
    ("spawn and await, from main", "multi_thread", |n| tasks::all_main(tasks::spawns(n))),
    ("wake another task", "floor", floors::poll),
    ("wake another task", "current_thread", |n| tasks::one(tasks::wakes(n))),
    ("wake another task", "multi_thread", |n| tasks::all(tasks::wakes(n))),
    ("channel hop", "floor", floors::queue),
    ("channel hop", "current_thread", |n| tasks::one(tasks::hops(n))),
    ("channel hop", "multi_thread", |n| tasks::all(tasks::hops(n))),
    ("channel hop, two threads", "floor", across::condvar),
    ("channel hop, two threads", "current_thread", across::channel),
    ("lock, free", "floor", floors::lock),
    ("lock, free", "current_thread", |n| tasks::one(tasks::lock_free(n))),
    ("lock, free", "multi_thread", |n| tasks::all(tasks::lock_free(n))),
    ("lock, wanted by two", "floor", floors::lock),
    ("lock, wanted by two", "current_thread", |n| tasks::one(tasks::lock_wanted(n))),
    ("lock, wanted by two", "multi_thread", |n| tasks::all(tasks::lock_wanted(n))),
    ("first of two", "floor", floors::poll),
    ("first of two", "current_thread", |n| tasks::one(tasks::first_of_two(n))),
    ("cancel", "floor", floors::boxed),
    ("cancel", "current_thread", |n| tasks::one(tasks::cancels(n))),
    ("cancel", "multi_thread", |n| tasks::all(tasks::cancels(n))),
    ("blocking call elsewhere", "floor", across::condvar),
    ("blocking call elsewhere", "current_thread", |n| tasks::one(tasks::blocking(n))),
    ("blocking call elsewhere", "multi_thread", |n| tasks::all(tasks::blocking(n))),
    (RUNTIME, "current_thread", |n| {
        tasks::runtimes(n, tokio::runtime::Builder::new_current_thread)
    }),
    (RUNTIME, "multi_thread", |n| tasks::runtimes(n, tokio::runtime::Builder::new_multi_thread)),
    ("system call", "rust", floors::system_call),
    ("thread switch, condvar", "floor", floors::system_call),
    ("thread switch, condvar", "rust", across::condvar),
    ("thread switch, pipe", "floor", floors::system_call),
    ("thread switch, pipe", "rust", across::pipe),
    ("thread, start and join", "floor", floors::system_call),
    ("thread, start and join", "rust", across::start_and_join),
];

/// The operations of `python/ops.py`, by what they do.
pub const PYTHON: &[(&str, &str)] = &[
    ("call", "python"),
    ("await, nothing to wait for", "asyncio"),
    ("yield", "asyncio"),
    ("spawn and await", "asyncio"),
    ("wake another task", "asyncio"),
    ("channel hop", "asyncio"),
    ("channel hop, two threads", "asyncio"),
    ("lock, free", "asyncio"),
    ("lock, wanted by two", "asyncio"),
    ("first of two", "asyncio"),
    ("cancel", "asyncio"),
    ("blocking call elsewhere", "asyncio"),
    (RUNTIME, "asyncio"),
    ("system call", "python"),
    ("thread switch, condvar", "python"),
    ("thread switch, pipe", "python"),
    ("thread, start and join", "python"),
];
