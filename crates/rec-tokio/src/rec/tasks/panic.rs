//! Panics: kept for the record instead of printed.

use std::any::Any;
use std::cell::RefCell;

use super::current;
use crate::rec::records::raw::emit;
use crate::rec::records::say::{Panic, Stray};
use crate::rec::records::{in_place, stack, who};

thread_local! {
    /// The stack of this thread's last panic.
    static LAST: RefCell<Option<u32>> = const { RefCell::new(None) };
}

/// Puts the recorder's hook in the place of std's, which prints the number of
/// the thread, different each time.
pub(crate) fn hook() {
    std::panic::set_hook(Box::new(|info| {
        in_place::panics(&message(info.payload()));
        let at = stack::here();
        let _ = LAST.try_with(|last| *last.borrow_mut() = Some(at));
        if current::task().is_none() {
            // Nobody catches it to record it: what std would have printed.
            let text = message(info.payload());
            let (line, col) = info.location().map_or((0, 0), |at| (at.line(), at.column()));
            emit(Stray { text, line, col, s: at, thread: who::thread() });
        }
    }));
}

/// Records that `task` panicked with `payload`, on this thread, just now.
pub(crate) fn say(task: u32, payload: &(dyn Any + Send)) {
    let at = LAST.try_with(|last| last.borrow_mut().take()).ok().flatten();
    let text = message(payload);
    emit(Panic { k: task, text, s: at });
}

fn message(payload: &(dyn Any + Send)) -> String {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => "Box<dyn Any>".to_owned(),
    }
}
