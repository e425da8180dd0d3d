//! What nobody gets.

use super::current;
use super::resource::Resource;
use crate::rec::records::raw::emit;
use crate::rec::records::say::Lost;
use crate::rec::records::{stack, switch};

/// Something that went through the `resource` is lost: `n` of it, where that is
/// said, by the task that has the thread.
pub(crate) fn lost(what: &'static str, resource: &Resource, n: Option<u64>) {
    if switch::on() {
        let (k, r, s) = (current::task(), Some(resource.number()), stack::here());
        emit(Lost { k, what, r, n, s, call: None::<&str>, again: None::<u32> });
    }
}
