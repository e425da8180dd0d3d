//! Who has which mutex: for one that is waited for, the task that took it last.
//! Whoever gives a mutex back wakes the first that waits for it, so while that
//! one waits the last to take it has it still.

use std::collections::BTreeMap;

use crate::rec::sys::lock::SpinLock;

/// By the address of a mutex who took it last: the task, and the stack of its call.
static TAKEN: SpinLock<BTreeMap<usize, (u32, u32)>> = SpinLock::new(BTreeMap::new());

/// What a mutex is known by as long as it is borrowed.
pub(crate) fn address<T: ?Sized>(mutex: &real::sync::Mutex<T>) -> usize {
    std::ptr::from_ref(mutex).cast::<()>().addr()
}

/// The mutex at `address` was taken by a task, whose call has a stack; outside
/// every task, nobody knows by whom.
pub(crate) fn took(address: usize, by: Option<(u32, u32)>) {
    let mut taken = TAKEN.lock();
    match by {
        Some(by) => taken.insert(address, by),
        None => taken.remove(&address),
    };
}

/// The task that took the mutex at `address`, and the stack of its call.
pub(crate) fn by(address: usize) -> Option<(u32, u32)> {
    TAKEN.lock().get(&address).copied()
}
