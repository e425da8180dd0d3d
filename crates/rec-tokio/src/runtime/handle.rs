//! A handle to a runtime.

use std::panic::Location;

use real::runtime::{EnterGuard, Handle as Real, RuntimeFlavor, TryCurrentError};

use super::{crew, flavor, root};
use crate::rec::tasks::calls::{Call, Queued};
use crate::rec::tasks::recorded::{Kind, Recorded};
use crate::task::join_handle::JoinHandle;

/// See [`real::runtime::Handle`].
#[derive(Clone)]
pub struct Handle {
    inner: Real,
}

crate::stands_for::debug_as_inner!(Handle);

impl std::ops::Deref for Handle {
    type Target = Real;

    fn deref(&self) -> &Real {
        &self.inner
    }
}

impl Handle {
    pub(crate) fn of(inner: Real) -> Self {
        Handle { inner }
    }

    /// See [`real::runtime::Handle::current`].
    #[track_caller]
    pub fn current() -> Self {
        Handle::of(Real::current())
    }

    /// See [`real::runtime::Handle::try_current`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn try_current() -> Result<Self, TryCurrentError> {
        Real::try_current().map(Handle::of)
    }

    /// See [`real::runtime::Handle::block_on`].
    #[track_caller]
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        let block_on = |future| self.inner.block_on(future);
        root::block_on(self.inner.id(), future, Location::caller(), block_on)
    }

    /// See [`real::runtime::Handle::enter`].
    pub fn enter(&self) -> EnterGuard<'_> {
        self.inner.enter()
    }

    /// See [`real::runtime::Handle::runtime_flavor`]: what the program asked for.
    pub fn runtime_flavor(&self) -> RuntimeFlavor {
        match flavor::is_multi_thread(&self.inner) {
            true => RuntimeFlavor::MultiThread,
            false => self.inner.runtime_flavor(),
        }
    }

    /// See [`real::runtime::Handle::spawn`].
    #[track_caller]
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let task = Recorded::spawn(future, Kind::Task, Location::caller());
        let node = task.node.clone();
        node.goes_to(self.inner.id());
        let handle = match crew::of(self.inner.id()) {
            Some(crew) => {
                crew.spawn(task, |task| self.inner.spawn(task), |handle| handle.abort_handle())
            }
            None => self.inner.spawn(task),
        };
        JoinHandle::of(handle, node)
    }

    /// See [`real::runtime::Handle::spawn_blocking`].
    #[track_caller]
    pub fn spawn_blocking<F, R>(&self, f: F) -> JoinHandle<R>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        let call = Call::new(Location::caller(), self.inner.id());
        let theirs = Queued(call.clone());
        JoinHandle::of_blocking(self.inner.spawn_blocking(move || theirs.run(f)), call)
    }
}
