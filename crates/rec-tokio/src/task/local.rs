//! Tasks that stay on their thread.

use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::join_handle::JoinHandle;
use crate::rec::records::driven;
use crate::rec::tasks::current;
use crate::rec::tasks::on::On;
use crate::rec::tasks::recorded::{Kind, Recorded};
use crate::rec::tasks::wait::{Key, leaf, own};
use crate::runtime::{Runtime, crew, root};
use crate::stands_for::stands_for;

/// See [`real::task::LocalSet`].
pub struct LocalSet {
    inner: real::task::LocalSet,
    key: Key,
}

stands_for!(LocalSet, real::task::LocalSet);

/// See [`real::task::spawn_local`].
#[track_caller]
pub fn spawn_local<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    let task = Recorded::spawn(future, Kind::Task, Location::caller());
    let node = task.node.clone();
    JoinHandle::of(real::task::spawn_local(task), node)
}

impl LocalSet {
    /// See [`real::task::LocalSet::new`].
    pub fn new() -> Self {
        LocalSet { inner: real::task::LocalSet::new(), key: Key::new() }
    }

    /// See [`real::task::LocalSet::spawn_local`].
    #[track_caller]
    pub fn spawn_local<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        let task = Recorded::spawn(future, Kind::Task, Location::caller());
        let node = task.node.clone();
        JoinHandle::of(self.inner.spawn_local(task), node)
    }

    /// See [`real::task::LocalSet::block_on`].
    #[track_caller]
    pub fn block_on<F: Future>(&self, rt: &Runtime, future: F) -> F::Output {
        let id = rt.handle().id();
        let block_on = |future| match crew::of(id) {
            Some(_) => real::runtime::Handle::block_on(rt.handle(), self.inner.run_until(future)),
            None => driven::drive(id, || self.inner.block_on(rt.inner(), future)),
        };
        root::block_on(id, future, Location::caller(), block_on)
    }

    /// See [`real::task::LocalSet::run_until`].
    pub async fn run_until<F: Future>(&self, future: F) -> F::Output {
        leaf(|| On::Local {}, self.inner.run_until(own(future))).await
    }
}

impl Future for LocalSet {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let before = current::said();
        let poll = current::quietly(true, || Pin::new(&mut self.inner).poll(cx));
        if current::said() != before {
            return poll;
        }
        self.key.answer(poll, || On::Local {})
    }
}

impl Default for LocalSet {
    fn default() -> Self {
        LocalSet::new()
    }
}
