//! `tokio::runtime`, recorded: whatever is blocked on is a task, and every
//! runtime runs on the one thread that blocks on it, unless workers were asked
//! for.

mod builder;
mod handle;
mod local;

use std::fmt;
use std::panic::Location;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use builder::Builder;
pub use handle::Handle;
pub use local::LocalRuntime;
pub use real::runtime::*;

use crate::rec::recorded::Kind;
use crate::rec::{Recorded, raw::emit, waker, workers};
use crate::task::JoinHandle;

/// The root future of each runtime that is done last, until the runtime is dropped.
static DONE: Mutex<Vec<(Id, u32)>> = Mutex::new(Vec::new());

/// The runtimes that the program takes for multi-threaded ones.
static MULTI_THREAD: Mutex<Vec<Id>> = Mutex::new(Vec::new());

fn is_multi_thread(handle: &real::runtime::Handle) -> bool {
    MULTI_THREAD.lock().unwrap_or_else(PoisonError::into_inner).contains(&handle.id())
}

/// Whether the program takes the runtime it is in for a multi-threaded one.
pub(crate) fn in_multi_thread() -> bool {
    real::runtime::Handle::try_current().is_ok_and(|handle| is_multi_thread(&handle))
}

fn done() -> MutexGuard<'static, Vec<(Id, u32)>> {
    DONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends a runtime, `by` a drop or a shut-down.
fn ends(runtime: Id, by: impl FnOnce()) {
    for (_, task) in done().extract_if(.., |(of, _)| *of == runtime) {
        emit!("end", ",\"k\":{task}");
    }
    waker::begin_end(runtime);
    by();
    waker::end_end(runtime);
}

/// The process ends, and takes the runtimes with it.
pub(crate) fn exit() {
    for (_, task) in done().drain(..) {
        emit!("end", ",\"k\":{task}");
    }
}

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
            let mut all = done();
            all.retain(|(runtime, _)| *runtime != self.0);
            all.push((self.0, self.1));
        }
    }
    workers::blocks_on();
    let future = Recorded::spawn(future, Kind::Root, at);
    let _done = Done(runtime, future.node.id);
    block_on(future)
}

/// See [`real::runtime::Runtime`].
pub struct Runtime {
    /// Gone only while it is dropped.
    inner: Option<real::runtime::Runtime>,
    handle: Handle,
}

impl Runtime {
    fn of(inner: real::runtime::Runtime, is_multi_thread: bool) -> Self {
        if is_multi_thread {
            MULTI_THREAD.lock().unwrap_or_else(PoisonError::into_inner).push(inner.handle().id());
        }
        let handle = Handle::of(inner.handle().clone());
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
        let block_on = |future| self.inner().block_on(future);
        self::block_on(self.handle.id(), future, Location::caller(), block_on)
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
        if let Some(inner) = self.inner.take() {
            ends(self.handle.id(), || by(inner));
        }
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.ends(drop);
    }
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner().fmt(f)
    }
}
