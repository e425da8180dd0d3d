//! `tokio::task`, recorded.

#[cfg(tokio_unstable)]
mod builder;
pub(crate) mod join_handle;
pub(crate) mod local;

pub mod join_set;

#[cfg(tokio_unstable)]
pub use builder::Builder;
pub use join_handle::{AbortHandle, JoinHandle};
pub use join_set::JoinSet;
pub use local::{LocalSet, spawn_local};
pub use real::task::*;

use crate::rec::records::{in_place, switch};
use crate::rec::tasks::on::On;
use crate::rec::tasks::wait::{leaf, leaf_alone};
use crate::runtime::flavor;
use crate::runtime::handle::Handle;

/// See [`real::task::spawn`].
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    // Panics outside a runtime, as tokio's own does, before anything is recorded.
    Handle::current().spawn(future)
}

/// See [`real::task::spawn_blocking`].
#[track_caller]
pub fn spawn_blocking<F, R>(f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    Handle::current().spawn_blocking(f)
}

/// See [`real::task::block_in_place`]; on what the program takes for several
/// threads it just calls `f`.
#[track_caller]
pub fn block_in_place<F, R>(f: F) -> R
where
    F: FnOnce() -> R,
{
    match flavor::in_multi_thread() && !switch::is_ordered() {
        true => in_place::call(f),
        // Also where each task has a thread of its own.
        false => real::task::block_in_place(f),
    }
}

/// See [`real::task::consume_budget`].
pub async fn consume_budget() {
    leaf(|| On::Turn {}, real::task::consume_budget()).await;
}

/// See [`real::task::yield_now`].
pub async fn yield_now() {
    leaf_alone(true, || On::Turn {}, real::task::yield_now()).await;
}
