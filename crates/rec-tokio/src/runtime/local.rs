//! The runtime whose tasks stay on their thread.

use std::panic::Location;
use std::time::Duration;

use real::runtime::{Builder as Real, EnterGuard, LocalOptions, RuntimeMetrics};

use super::builder::Builder;
use super::handle::Handle;
use super::root;
use crate::rec::records::{clock, roots};
use crate::rec::tasks::calls;
use crate::rec::tasks::recorded::{Kind, Recorded};
use crate::task::join_handle::JoinHandle;

impl Builder {
    /// See [`real::runtime::Builder::build_local`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn build_local(&mut self, options: LocalOptions) -> std::io::Result<LocalRuntime> {
        let mut one_thread = Real::new_current_thread();
        let inner = match self.is_widened {
            // Its tasks cannot go to a worker, so the workers' settings are of no use.
            true => one_thread.enable_all(),
            false => &mut self.inner,
        };
        clock::on_tick(|| inner.build_local(options)).map(LocalRuntime::of)
    }
}

/// See [`real::runtime::LocalRuntime`].
pub struct LocalRuntime {
    /// Gone only while it is dropped.
    inner: Option<real::runtime::LocalRuntime>,
    handle: Handle,
}

impl LocalRuntime {
    pub(super) fn of(inner: real::runtime::LocalRuntime) -> Self {
        let handle = Handle::of(inner.handle().clone());
        LocalRuntime { inner: Some(inner), handle }
    }

    /// See [`real::runtime::LocalRuntime::new`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn new() -> std::io::Result<Self> {
        Builder::new_current_thread().enable_all().build_local(Default::default())
    }

    fn inner(&self) -> &real::runtime::LocalRuntime {
        self.inner.as_ref().expect("only drop and shutdown take it")
    }

    /// See [`real::runtime::LocalRuntime::handle`].
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// See [`real::runtime::LocalRuntime::block_on`].
    #[track_caller]
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        let block_on = |future| self.inner().block_on(future);
        root::block_on(self.handle.id(), future, Location::caller(), block_on)
    }

    /// See [`real::runtime::LocalRuntime::spawn_local`].
    #[track_caller]
    pub fn spawn_local<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        let task = Recorded::spawn(future, Kind::Task, Location::caller());
        let node = task.node.clone();
        JoinHandle::of(self.inner().spawn_local(task), node)
    }

    /// See [`real::runtime::LocalRuntime::spawn_blocking`].
    #[track_caller]
    pub fn spawn_blocking<F, R>(&self, f: F) -> JoinHandle<R>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        self.handle.spawn_blocking(f)
    }

    /// See [`real::runtime::LocalRuntime::enter`].
    pub fn enter(&self) -> EnterGuard<'_> {
        self.inner().enter()
    }

    /// See [`real::runtime::LocalRuntime::metrics`].
    pub fn metrics(&self) -> RuntimeMetrics {
        self.inner().metrics()
    }

    /// See [`real::runtime::LocalRuntime::shutdown_timeout`].
    pub fn shutdown_timeout(mut self, duration: Duration) {
        self.ends(|inner| inner.shutdown_timeout(duration));
    }

    /// See [`real::runtime::LocalRuntime::shutdown_background`].
    pub fn shutdown_background(mut self) {
        self.ends(real::runtime::LocalRuntime::shutdown_background);
    }

    fn ends(&mut self, by: impl FnOnce(real::runtime::LocalRuntime)) {
        if let Some(inner) = self.inner.take() {
            roots::ends(self.handle.id(), || by(inner));
        }
    }
}

impl Drop for LocalRuntime {
    fn drop(&mut self) {
        self.ends(|inner| {
            calls::main_is_done(inner.handle().id());
            drop(inner);
        });
    }
}

impl std::fmt::Debug for LocalRuntime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.inner().fmt(f)
    }
}
