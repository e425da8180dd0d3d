//! What nobody gets.

use super::current;
use super::resource::Resource;
use crate::rec::records::raw::emit;
use crate::rec::records::say::Lost;
use crate::rec::records::{stack, switch};

/// What was sent through the `resource` at the stack `sent` was sent before the
/// receiver that the task asks subscribed to it, at `since`; or, with an `n` of 0,
/// that receiver has got something now.
pub(crate) fn late(resource: &Resource, n: Option<u64>, sent: u32, since: u32) {
    let (k, r) = (current::task(), Some(resource.number()));
    let again = Some(since);
    emit(Lost { k, what: "late", r, n, s: sent, of: None::<&str>, call: None::<&str>, again });
}

/// Something that went through the `resource` is lost: `n` of it, where that is
/// said, by the task that has the thread.
pub(crate) fn lost(what: &'static str, resource: &Resource, n: Option<u64>) {
    if switch::on() {
        let (k, r, s) = (current::task(), Some(resource.number()), stack::here());
        emit(Lost { k, what, r, n, s, of: None::<&str>, call: None::<&str>, again: None::<u32> });
    }
}
