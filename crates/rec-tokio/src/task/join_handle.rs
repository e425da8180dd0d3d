//! What is left in one's hand after a spawn.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use real::task::{Id, JoinError};

use crate::rec::tasks::calls::Call;
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
    of: Of,
    key: Key,
    /// Somebody has waited for a blocking call, which is not over.
    waits: Waits,
}

/// What it is a handle of.
#[derive(Clone)]
enum Of {
    Task(Arc<Node>),
    /// Which is no task of the record.
    Call(Arc<Call>),
}

impl Of {
    /// It is to end; true if its own thread does that.
    fn aborted(&self) -> bool {
        // What runs on a thread of its own cannot be stopped.
        let Of::Task(node) = self else { return false };
        node.aborted(current::task());
        node.stop()
    }
}

/// The blocking call that is waited for.
struct Waits(Option<Arc<Call>>);

impl Drop for Waits {
    fn drop(&mut self) {
        if let Some(call) = &self.0 {
            call.given_up();
        }
    }
}

impl<T> JoinHandle<T> {
    pub(crate) fn of(inner: real::task::JoinHandle<T>, node: Arc<Node>) -> Self {
        JoinHandle { inner, of: Of::Task(node), key: Key::new(), waits: Waits(None) }
    }

    pub(crate) fn of_blocking(inner: real::task::JoinHandle<T>, call: Arc<Call>) -> Self {
        JoinHandle { inner, of: Of::Call(call), key: Key::new(), waits: Waits(None) }
    }

    /// See [`real::task::JoinHandle::abort`].
    pub fn abort(&self) {
        if self.of.aborted() {
            return;
        }
        self.inner.abort();
    }

    /// See [`real::task::JoinHandle::abort_handle`].
    pub fn abort_handle(&self) -> AbortHandle {
        AbortHandle { inner: self.inner.abort_handle(), of: self.of.clone() }
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
        if let Of::Call(call) = &this.of {
            this.waits.0 = poll.is_pending().then(|| Arc::clone(call));
        }
        this.key.answer_alone(poll, || match &this.of {
            Of::Task(node) => On::Tasks { of: vec![node.id] },
            Of::Call(_) => On::Blocking {},
        })
    }
}

/// See [`real::task::AbortHandle`].
#[cfg_attr(not(before = "1.39"), derive(Clone))]
pub struct AbortHandle {
    inner: real::task::AbortHandle,
    of: Of,
}

impl AbortHandle {
    pub(crate) fn of(inner: real::task::AbortHandle, node: Arc<Node>) -> Self {
        AbortHandle { inner, of: Of::Task(node) }
    }

    pub(crate) fn of_blocking(inner: real::task::AbortHandle, call: Arc<Call>) -> Self {
        AbortHandle { inner, of: Of::Call(call) }
    }

    /// See [`real::task::AbortHandle::abort`].
    pub fn abort(&self) {
        if self.of.aborted() {
            return;
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
