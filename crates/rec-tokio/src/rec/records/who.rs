//! What a thread is called on which something happens that no task does.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use crate::rec::sys::{self, inside};

thread_local! {
    /// The number of this thread, if it has no name.
    static NUMBER: Cell<u32> = const { Cell::new(0) };
}

/// What tokio calls its threads, if the program says nothing else.
const OF_TOKIO: &str = "tokio-rt-worker";

/// The name of the calling thread; none on the process's first.
pub(crate) fn thread() -> Option<String> {
    if sys::is_main_thread() {
        return None;
    }
    inside::recorder(|| match std::thread::current().name() {
        // A worker is told by its number.
        Some(OF_TOKIO) => Some("blocking thread".to_owned()),
        Some(name) => Some(name.to_owned()),
        None => Some(format!("thread {}", number())),
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
