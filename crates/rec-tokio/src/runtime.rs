//! `tokio::runtime`, recorded: whatever is blocked on is a task, and every
//! runtime runs on the one thread that blocks on it, unless workers were asked
//! for.

pub(crate) mod builder;
pub(crate) mod crew;
pub(crate) mod flavor;
pub(crate) mod handle;
#[cfg(not(before = "1.46"))]
pub(crate) mod local;
pub(crate) mod root;

use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

pub use builder::Builder;
pub use handle::Handle;
#[cfg(not(before = "1.46"))]
pub use local::LocalRuntime;
pub use real::runtime::*;

use crate::rec::records::{clock, driven, order, roots, switch};
use crate::rec::tasks::calls;
use crate::rec::turns::{threads, watch};
use crate::task::join_handle::JoinHandle;

impl Builder {
    /// See [`real::runtime::Builder::build`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn build(&mut self) -> std::io::Result<Runtime> {
        let inner = clock::on_tick(|| self.inner.build())?;
        if let Some(most) = self.blocking {
            calls::pool(inner.handle().id(), most);
        }
        let has_crew = self.is_multi_thread || self.is_widened && order::is_wide();
        Ok(Runtime::of(inner, self.is_multi_thread, has_crew))
    }
}

/// See [`real::runtime::Runtime`].
pub struct Runtime {
    /// Gone only while it is dropped.
    inner: Option<Arc<real::runtime::Runtime>>,
    handle: Handle,
}

impl Runtime {
    fn of(inner: real::runtime::Runtime, is_multi_thread: bool, has_crew: bool) -> Self {
        let handle = Handle::of(inner.handle().clone());
        let inner = Arc::new(inner);
        if is_multi_thread {
            flavor::set_multi_thread(inner.handle());
        }
        if has_crew && switch::is_ordered() {
            crew::begin(&inner);
        } else if has_crew {
            driven::add(inner.handle().id());
            watch::start();
        }
        Runtime { inner: Some(inner), handle }
    }

    /// See [`real::runtime::Runtime::new`] and [`Builder::new_multi_thread`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn new() -> std::io::Result<Self> {
        Builder::new_multi_thread().enable_all().build()
    }

    pub(crate) fn inner(&self) -> &real::runtime::Runtime {
        self.inner.as_ref().expect("only drop and shutdown take it")
    }

    /// See [`real::runtime::Runtime::handle`].
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// See [`real::runtime::Runtime::block_on`].
    #[track_caller]
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        if crew::of(self.handle.id()).is_some() {
            return self.handle.block_on(future);
        }
        let id = self.handle.id();
        let block_on = |future| driven::drive(id, || self.inner().block_on(future));
        root::block_on(id, future, Location::caller(), block_on)
    }

    /// See [`real::runtime::Runtime::spawn`].
    #[track_caller]
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.handle.spawn(future)
    }

    /// See [`real::runtime::Runtime::spawn_blocking`].
    #[track_caller]
    pub fn spawn_blocking<F, R>(&self, f: F) -> JoinHandle<R>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        self.handle.spawn_blocking(f)
    }

    /// See [`real::runtime::Runtime::enter`].
    pub fn enter(&self) -> EnterGuard<'_> {
        self.inner().enter()
    }

    /// See [`real::runtime::Runtime::metrics`].
    pub fn metrics(&self) -> RuntimeMetrics {
        self.inner().metrics()
    }

    /// See [`real::runtime::Runtime::shutdown_timeout`].
    pub fn shutdown_timeout(mut self, duration: Duration) {
        self.ends(|inner| inner.shutdown_timeout(duration));
    }

    /// See [`real::runtime::Runtime::shutdown_background`].
    pub fn shutdown_background(mut self) {
        self.ends(real::runtime::Runtime::shutdown_background);
    }

    fn ends(&mut self, by: impl FnOnce(real::runtime::Runtime)) {
        let Some(inner) = self.inner.take() else { return };
        let id = self.handle.id();
        driven::ends(Some(id));
        threads::others_first();
        roots::ends(id, || {
            crew::end(id);
            // Whoever else had it is gone.
            if let Some(inner) = Arc::into_inner(inner) {
                by(inner);
            }
        });
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.ends(|inner| {
            calls::main_is_done(inner.handle().id());
            drop(inner);
        });
    }
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner().fmt(f)
    }
}
