//! What a runtime blocks on: its root future.

use std::panic::Location;

use real::runtime::Id;

use super::crew;
use crate::rec::records::{roots, workers};
use crate::rec::tasks::recorded::{Kind, Recorded};

/// Runs `future` to its end by `block_on` of the `runtime`, recorded.
pub(crate) fn block_on<F: Future>(
    runtime: Id,
    future: F,
    at: &'static Location<'static>,
    block_on: impl FnOnce(Recorded<F>) -> F::Output,
) -> F::Output {
    // Says also after a panic that the root future is done.
    struct Done(Id, u32);
    impl Drop for Done {
        fn drop(&mut self) {
            roots::done(self.0, self.1);
        }
    }
    workers::blocks_on();
    let future = Recorded::spawn(future, Kind::Root, at);
    let _done = Done(runtime, future.node.id);
    if crew::of(runtime).is_some() {
        future.node.has_own_thread();
    }
    block_on(future)
}
