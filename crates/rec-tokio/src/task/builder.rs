//! Tasks with a name, which tokio tells to those who trace it, and this to the
//! recorder.

use std::io::Result;

use super::join_handle::JoinHandle;
use super::local::{LocalSet, spawn_local};
use crate::rec::tasks::named::Named;
use crate::runtime::handle::Handle;

/// See `tokio::task::Builder`.
#[derive(Debug, Default)]
pub struct Builder<'a>(Option<&'a str>);

impl<'a> Builder<'a> {
    /// See tokio's.
    pub fn new() -> Self {
        Self::default()
    }

    /// See tokio's.
    pub fn name(&self, name: &'a str) -> Self {
        Builder(Some(name))
    }

    /// See tokio's.
    ///
    /// # Errors
    ///
    /// None, as tokio's.
    #[track_caller]
    pub fn spawn<F>(self, future: F) -> Result<JoinHandle<F::Output>>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let _named = Named::so(self.0);
        Ok(Handle::current().spawn(future))
    }

    /// See tokio's.
    ///
    /// # Errors
    ///
    /// None, as tokio's.
    #[track_caller]
    pub fn spawn_on<F>(self, future: F, handle: &Handle) -> Result<JoinHandle<F::Output>>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let _named = Named::so(self.0);
        Ok(handle.spawn(future))
    }

    /// See tokio's.
    ///
    /// # Errors
    ///
    /// None, as tokio's.
    #[track_caller]
    pub fn spawn_local<F>(self, future: F) -> Result<JoinHandle<F::Output>>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        let _named = Named::so(self.0);
        Ok(spawn_local(future))
    }

    /// See tokio's.
    ///
    /// # Errors
    ///
    /// None, as tokio's.
    #[track_caller]
    pub fn spawn_local_on<F>(self, future: F, set: &LocalSet) -> Result<JoinHandle<F::Output>>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        let _named = Named::so(self.0);
        Ok(set.spawn_local(future))
    }

    /// See tokio's.
    ///
    /// # Errors
    ///
    /// None, as tokio's.
    #[track_caller]
    pub fn spawn_blocking<F, R>(self, f: F) -> Result<JoinHandle<R>>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        Ok(Handle::current().spawn_blocking(f))
    }

    /// See tokio's.
    ///
    /// # Errors
    ///
    /// None, as tokio's.
    #[track_caller]
    pub fn spawn_blocking_on<F, R>(self, f: F, handle: &Handle) -> Result<JoinHandle<R>>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        Ok(handle.spawn_blocking(f))
    }
}
