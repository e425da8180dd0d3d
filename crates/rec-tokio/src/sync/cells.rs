//! What several tasks come to together: barriers, and cells that are set once.

use real::sync::BarrierWaitResult;

use crate::rec::tasks::wait::{own, wait};
use crate::stands_for::stands_for;

/// See [`real::sync::Barrier`].
pub struct Barrier {
    inner: real::sync::Barrier,
}

stands_for!(Barrier, real::sync::Barrier);

impl Barrier {
    /// See [`real::sync::Barrier::new`].
    #[track_caller]
    pub fn new(n: usize) -> Self {
        Barrier { inner: real::sync::Barrier::new(n) }
    }

    /// See [`real::sync::Barrier::wait`].
    pub async fn wait(&self) -> BarrierWaitResult {
        wait("the others at the barrier", self.inner.wait()).await
    }
}

/// See [`real::sync::OnceCell`].
#[derive(Clone, PartialEq, Eq)]
pub struct OnceCell<T> {
    inner: real::sync::OnceCell<T>,
}

stands_for!(OnceCell<T>, real::sync::OnceCell<T>);

const CELL: &str = "the cell to be set";

impl<T> OnceCell<T> {
    /// See [`real::sync::OnceCell::new`].
    pub fn new() -> Self {
        OnceCell { inner: real::sync::OnceCell::new() }
    }

    /// See [`real::sync::OnceCell::new_with`].
    pub fn new_with(value: Option<T>) -> Self {
        OnceCell { inner: real::sync::OnceCell::new_with(value) }
    }

    /// See [`real::sync::OnceCell::const_new`].
    pub const fn const_new() -> Self {
        OnceCell { inner: real::sync::OnceCell::const_new() }
    }

    /// See [`real::sync::OnceCell::const_new_with`].
    pub const fn const_new_with(value: T) -> Self {
        OnceCell { inner: real::sync::OnceCell::const_new_with(value) }
    }

    /// See [`real::sync::OnceCell::get_or_init`].
    pub async fn get_or_init<F, Fut>(&self, f: F) -> &T
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = T>,
    {
        wait(CELL, self.inner.get_or_init(|| own(f()))).await
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
        wait(CELL, self.inner.get_or_try_init(|| own(f()))).await
    }

    /// See [`real::sync::OnceCell::into_inner`].
    pub fn into_inner(self) -> Option<T> {
        self.inner.into_inner()
    }
}

impl<T> Default for OnceCell<T> {
    fn default() -> Self {
        OnceCell::new()
    }
}

impl<T> From<T> for OnceCell<T> {
    fn from(value: T) -> Self {
        OnceCell { inner: value.into() }
    }
}

/// See [`real::sync::SetOnce`].
#[derive(Clone, PartialEq, Eq)]
pub struct SetOnce<T> {
    inner: real::sync::SetOnce<T>,
}

stands_for!(SetOnce<T>, real::sync::SetOnce<T>);

impl<T> SetOnce<T> {
    /// See [`real::sync::SetOnce::new`].
    pub fn new() -> Self {
        SetOnce { inner: real::sync::SetOnce::new() }
    }

    /// See [`real::sync::SetOnce::new_with`].
    pub fn new_with(value: Option<T>) -> Self {
        SetOnce { inner: real::sync::SetOnce::new_with(value) }
    }

    /// See [`real::sync::SetOnce::const_new`].
    pub const fn const_new() -> Self {
        SetOnce { inner: real::sync::SetOnce::const_new() }
    }

    /// See [`real::sync::SetOnce::wait`].
    pub async fn wait(&self) -> &T {
        wait(CELL, self.inner.wait()).await
    }

    /// See [`real::sync::SetOnce::into_inner`].
    pub fn into_inner(self) -> Option<T> {
        self.inner.into_inner()
    }
}

impl<T> Default for SetOnce<T> {
    fn default() -> Self {
        SetOnce::new()
    }
}

impl<T> From<T> for SetOnce<T> {
    fn from(value: T) -> Self {
        SetOnce { inner: value.into() }
    }
}
