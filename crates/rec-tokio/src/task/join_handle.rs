//! What is left in one's hand after a spawn.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use real::task::{Id, JoinError};

use crate::rec::tasks::current::{self, quietly};
use crate::rec::tasks::node::Node;
use crate::rec::tasks::on::On;
use crate::rec::tasks::wait::Key;
use crate::stands_for::debug_as_inner;

debug_as_inner!(JoinHandle<T>);
debug_as_inner!(AbortHandle);

/// See [`real::task::JoinHandle`].
pub struct JoinHandle<T> {
    inner: real::task::JoinHandle<T>,
    /// None for a blocking call, which is no task of the record.
    node: Option<Arc<Node>>,
    key: Key,
}

impl<T> JoinHandle<T> {
    pub(crate) fn of(inner: real::task::JoinHandle<T>, node: Arc<Node>) -> Self {
        JoinHandle { inner, node: Some(node), key: Key::new() }
    }

    pub(crate) fn of_blocking(inner: real::task::JoinHandle<T>) -> Self {
        JoinHandle { inner, node: None, key: Key::new() }
    }

    /// See [`real::task::JoinHandle::abort`].
    pub fn abort(&self) {
        if let Some(node) = &self.node {
            node.aborted(current::task());
            if node.stop() {
                return;
            }
        }
        self.inner.abort();
    }

    /// See [`real::task::JoinHandle::abort_handle`].
    pub fn abort_handle(&self) -> AbortHandle {
        AbortHandle { inner: self.inner.abort_handle(), node: self.node.clone() }
    }

    /// See [`real::task::JoinHandle::is_finished`].
    pub fn is_finished(&self) -> bool {
        self.inner.is_finished()
    }

    /// See [`real::task::JoinHandle::id`].
    pub fn id(&self) -> Id {
        self.inner.id()
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let poll = quietly(true, || Pin::new(&mut this.inner).poll(cx));
        this.key.answer_alone(poll, || match &this.node {
            Some(node) => On::Tasks { of: vec![node.id] },
            None => On::Blocking {},
        })
    }
}

/// See [`real::task::AbortHandle`].
#[cfg_attr(not(before = "1.39"), derive(Clone))]
pub struct AbortHandle {
    inner: real::task::AbortHandle,
    node: Option<Arc<Node>>,
}

impl AbortHandle {
    pub(crate) fn of(inner: real::task::AbortHandle, node: Option<Arc<Node>>) -> Self {
        AbortHandle { inner, node }
    }

    /// See [`real::task::AbortHandle::abort`].
    pub fn abort(&self) {
        if let Some(node) = &self.node {
            node.aborted(current::task());
            if node.stop() {
                return;
            }
        }
        self.inner.abort();
    }

    /// See [`real::task::AbortHandle::is_finished`].
    pub fn is_finished(&self) -> bool {
        self.inner.is_finished()
    }

    /// See [`real::task::AbortHandle::id`].
    pub fn id(&self) -> Id {
        self.inner.id()
    }
}
