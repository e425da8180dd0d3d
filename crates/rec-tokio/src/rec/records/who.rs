//! Which thread it is on which something happens that no task does.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use super::say::Value;
use crate::rec::sys::{self, inside};

thread_local! {
    /// The number of this thread, if it has no name.
    static NUMBER: Cell<u32> = const { Cell::new(0) };
}

/// What tokio calls its threads, if the program says nothing else.
const OF_TOKIO: &str = "tokio-rt-worker";

/// A thread, by what tells it from others.
pub(crate) enum Thread {
    /// One of tokio's pool: they have one name.
    Blocking,
    /// The number of one without a name, from 1.
    Nameless(u32),
    Named(String),
}

impl Value for Thread {
    fn put(&self, to: &mut Vec<u8>) {
        match self {
            Thread::Blocking => 0_u32.put(to),
            Thread::Nameless(number) => number.put(to),
            Thread::Named(name) => name.put(to),
        }
    }
}

/// The calling thread; none on the process's first.
pub(crate) fn thread() -> Option<Thread> {
    if sys::is_main_thread() {
        return None;
    }
    inside::recorder(|| match std::thread::current().name() {
        // A worker is told by its number.
        Some(OF_TOKIO) => Some(Thread::Blocking),
        Some(name) => Some(Thread::Named(name.to_owned())),
        None => Some(Thread::Nameless(number())),
    })
}

fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let number = NUMBER.try_with(|number| {
        if number.get() == 0 {
            number.set(NEXT.fetch_add(1, Relaxed));
        }
        number.get()
    });
    number.unwrap_or_default()
}
