//! What several tasks come to together: barriers, and cells that are set once.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use real::sync::BarrierWaitResult;

use crate::rec::tasks::acquire::Line;
use crate::rec::tasks::current;
use crate::rec::tasks::on::On;
use crate::rec::tasks::resource::{Held, Hold, Made, Resource};
use crate::rec::tasks::wait::{Own, leaf, own};
use crate::stands_for::stands_for;

/// See [`real::sync::Barrier`].
pub struct Barrier {
    made: Made,
    inner: real::sync::Barrier,
    /// How many it lets go together.
    n: u32,
}

stands_for!(Barrier, real::sync::Barrier);

impl Barrier {
    /// See [`real::sync::Barrier::new`].
    #[track_caller]
    pub fn new(n: usize) -> Self {
        let made = Made::here("barrier", 0);
        // One of none lets each go at once, as one of one does.
        let together = u32::try_from(n.max(1)).unwrap_or(u32::MAX);
        Barrier { made, inner: real::sync::Barrier::new(n), n: together }
    }

    /// See [`real::sync::Barrier::wait`].
    pub async fn wait(&self) -> BarrierWaitResult {
        let (resource, n) = (self.made.resource(), self.n);
        leaf(|| On::Barrier { resource: resource.number(), n }, self.inner.wait()).await
    }
}

/// See [`real::sync::OnceCell`].
pub struct OnceCell<T> {
    made: Made,
    inner: real::sync::OnceCell<T>,
}

stands_for!(OnceCell<T>, real::sync::OnceCell<T>);

pub(super) const CELL: &str = "cell";

impl<T> OnceCell<T> {
    /// See [`real::sync::OnceCell::new`].
    #[track_caller]
    pub fn new() -> Self {
        OnceCell { made: Made::here(CELL, 1), inner: real::sync::OnceCell::new() }
    }

    /// See [`real::sync::OnceCell::new_with`].
    #[track_caller]
    pub fn new_with(value: Option<T>) -> Self {
        OnceCell { made: Made::here(CELL, 1), inner: real::sync::OnceCell::new_with(value) }
    }

    /// See [`real::sync::OnceCell::const_new`].
    pub const fn const_new() -> Self {
        OnceCell { made: Made::constant(CELL, 1), inner: real::sync::OnceCell::const_new() }
    }

    /// See [`real::sync::OnceCell::const_new_with`].
    pub const fn const_new_with(value: T) -> Self {
        let inner = real::sync::OnceCell::const_new_with(value);
        OnceCell { made: Made::constant(CELL, 1), inner }
    }

    /// See [`real::sync::OnceCell::get_or_init`].
    pub async fn get_or_init<F, Fut>(&self, f: F) -> &T
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = T>,
    {
        if let Some(value) = self.inner.get() {
            return value;
        }
        setting(self.made.resource(), |sets| self.inner.get_or_init(|| sets.by(f()))).await
    }

    /// See [`real::sync::OnceCell::get_or_try_init`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub async fn get_or_try_init<E, F, Fut>(&self, f: F) -> Result<&T, E>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<T, E>>,
    {
        if let Some(value) = self.inner.get() {
            return Ok(value);
        }
        setting(self.made.resource(), |sets| self.inner.get_or_try_init(|| sets.by(f()))).await
    }

    /// See [`real::sync::OnceCell::into_inner`].
    pub fn into_inner(self) -> Option<T> {
        self.inner.into_inner()
    }
}

/// A cell's place in line, shared by who waits for the cell and what sets it.
#[derive(Clone)]
struct Sets(Arc<Mutex<Line>>);

impl Sets {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It is `future` that sets the cell, from now on.
    fn by<F: Future>(self, future: F) -> Setting<F> {
        Setting { _hold: self.line().take(1), future: own(future) }
    }
}

/// What sets a cell, and has it as long as that takes.
struct Setting<F> {
    // First: whoever sets it next finds it given back.
    _hold: Hold,
    future: Own<F>,
}

impl<F: Future> Future for Setting<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        Pin::new(&mut self.future).poll(cx)
    }
}

/// What `get` gives, which waits for the cell of the `resource` or sets it.
async fn setting<F: Future>(resource: &Arc<Resource>, get: impl FnOnce(Sets) -> F) -> F::Output {
    let sets = Sets(Arc::new(Mutex::new(Line::new(resource))));
    let mut get = pin!(get(sets.clone()));
    let held = || Held(Arc::clone(resource));
    poll_fn(|cx| {
        let before = current::said();
        let poll = current::quietly(true, || get.as_mut().poll(cx));
        if poll.is_pending() && current::said() == before {
            sets.line().wait(1, || On::Cell { resource: resource.number(), held: held() });
        }
        poll
    })
    .await
}

impl<T: Clone> Clone for OnceCell<T> {
    fn clone(&self) -> Self {
        OnceCell { made: Made::constant(CELL, 1), inner: self.inner.clone() }
    }
}

impl<T: PartialEq> PartialEq for OnceCell<T> {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl<T: Eq> Eq for OnceCell<T> {}

impl<T> Default for OnceCell<T> {
    #[track_caller]
    fn default() -> Self {
        OnceCell::new()
    }
}

impl<T> From<T> for OnceCell<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        OnceCell::new_with(Some(value))
    }
}
