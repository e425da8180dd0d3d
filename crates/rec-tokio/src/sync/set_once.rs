//! A cell that is set once, and awaited.

use std::sync::Arc;

use super::cells::CELL;
use crate::rec::tasks::on::On;
use crate::rec::tasks::resource::{Held, Made};
use crate::rec::tasks::wait::leaf;
use crate::stands_for::stands_for;

/// See [`real::sync::SetOnce`].
pub struct SetOnce<T> {
    made: Made,
    inner: real::sync::SetOnce<T>,
}

stands_for!(SetOnce<T>, real::sync::SetOnce<T>);

impl<T> SetOnce<T> {
    /// See [`real::sync::SetOnce::new`].
    #[track_caller]
    pub fn new() -> Self {
        SetOnce { made: Made::here(CELL, 0), inner: real::sync::SetOnce::new() }
    }

    /// See [`real::sync::SetOnce::new_with`].
    #[track_caller]
    pub fn new_with(value: Option<T>) -> Self {
        SetOnce { made: Made::here(CELL, 0), inner: real::sync::SetOnce::new_with(value) }
    }

    /// See [`real::sync::SetOnce::const_new`].
    pub const fn const_new() -> Self {
        SetOnce { made: Made::constant(CELL, 0), inner: real::sync::SetOnce::const_new() }
    }

    /// See [`real::sync::SetOnce::const_new_with`].
    pub const fn const_new_with(value: T) -> Self {
        let inner = real::sync::SetOnce::const_new_with(value);
        SetOnce { made: Made::constant(CELL, 0), inner }
    }

    /// See [`real::sync::SetOnce::wait`].
    pub async fn wait(&self) -> &T {
        let resource = self.made.resource();
        let held = || Held(Arc::clone(resource));
        let on = || On::Cell { resource: resource.number(), held: held() };
        leaf(on, self.inner.wait()).await
    }

    /// See [`real::sync::SetOnce::into_inner`].
    pub fn into_inner(self) -> Option<T> {
        self.inner.into_inner()
    }
}

impl<T: Clone> Clone for SetOnce<T> {
    fn clone(&self) -> Self {
        SetOnce { made: Made::constant(CELL, 0), inner: self.inner.clone() }
    }
}

impl<T: PartialEq> PartialEq for SetOnce<T> {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl<T: Eq> Eq for SetOnce<T> {}

impl<T> Default for SetOnce<T> {
    #[track_caller]
    fn default() -> Self {
        SetOnce::new()
    }
}

impl<T> From<T> for SetOnce<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        SetOnce::new_with(Some(value))
    }
}
