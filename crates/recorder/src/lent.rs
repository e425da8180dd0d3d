//! What costs much to make and can be used again, by one at a time.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

/// Things that are free to be used.
pub(crate) struct Pool<T>(Arc<Mutex<Vec<T>>>);

impl<T> Pool<T> {
    /// One that is free, or what `make` makes; it comes back when it is dropped.
    ///
    /// # Errors
    ///
    /// Those of `make`.
    pub fn lend<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<Lent<T>, E> {
        let free = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let thing = free.map_or_else(make, Ok)?;
        Ok(Lent { thing: Some(thing), to: self.clone() })
    }
}

impl<T> Clone for Pool<T> {
    fn clone(&self) -> Self {
        Pool(Arc::clone(&self.0))
    }
}

impl<T> std::fmt::Debug for Pool<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pool")
    }
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Pool(Arc::default())
    }
}

/// A thing in use.
pub(crate) struct Lent<T> {
    /// Gone only when it is given back.
    thing: Option<T>,
    to: Pool<T>,
}

impl<T> Lent<T> {
    /// It is of no use any more, and does not come back.
    pub fn spoil(mut self) {
        self.thing = None;
    }
}

impl<T> Deref for Lent<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.thing.as_ref().expect("it is given back when this is dropped")
    }
}

impl<T> DerefMut for Lent<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.thing.as_mut().expect("it is given back when this is dropped")
    }
}

impl<T> Drop for Lent<T> {
    fn drop(&mut self) {
        if let Some(thing) = self.thing.take() {
            self.to.0.lock().unwrap_or_else(PoisonError::into_inner).push(thing);
        }
    }
}
