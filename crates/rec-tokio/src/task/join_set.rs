//! A set of tasks that are awaited as they finish.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::panic::Location;
use std::sync::Arc;
use std::task::{Context, Poll};

use real::task::{Id, JoinError};

use super::join_handle::AbortHandle;
use super::local::LocalSet;
use crate::rec::records::stack;
use crate::rec::tasks::calls::{Call, Queued};
use crate::rec::tasks::current::{self, quietly};
#[cfg(tokio_unstable)]
use crate::rec::tasks::named::Named;
use crate::rec::tasks::node::Node;
use crate::rec::tasks::on::{On, Wait};
use crate::rec::tasks::recorded::Kind;
use crate::rec::tasks::recorded::Recorded;
use crate::rec::tasks::wait::Key;
use crate::runtime::crew;
use crate::runtime::handle::Handle;

/// See [`real::task::JoinSet`].
pub struct JoinSet<T> {
    inner: real::task::JoinSet<T>,
    /// The tasks not yet joined, in the order of spawning.
    nodes: BTreeMap<u32, (Id, Arc<Node>)>,
    key: Key,
    /// Somebody has asked for the end of one of them.
    asked: bool,
    /// Whoever waits needs all of them.
    all: bool,
}

crate::stands_for::debug_as_inner!(JoinSet<T>);

impl<T> JoinSet<T> {
    /// See [`real::task::JoinSet::new`].
    pub fn new() -> Self {
        JoinSet {
            inner: real::task::JoinSet::new(),
            nodes: BTreeMap::new(),
            key: Key::new(),
            asked: false,
            all: false,
        }
    }

    /// See [`real::task::JoinSet::len`].
    pub fn len(&self) -> usize {
        self.inner.len()
    }

    /// See [`real::task::JoinSet::is_empty`].
    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }
}

impl<T: 'static> JoinSet<T> {
    /// Spawns `future` by `spawn`, recorded.
    fn add<F: Future<Output = T>>(
        &mut self,
        future: F,
        at: &'static Location<'static>,
        spawn: impl FnOnce(&mut real::task::JoinSet<T>, Recorded<F>) -> real::task::AbortHandle,
    ) -> AbortHandle {
        let task = Recorded::spawn(future, Kind::Task, at);
        let node = task.node.clone();
        let handle = spawn(&mut self.inner, task);
        self.nodes.insert(node.id, (handle.id(), node.clone()));
        AbortHandle::of(handle, node)
    }

    /// See [`real::task::JoinSet::spawn`].
    #[track_caller]
    pub fn spawn<F>(&mut self, task: F) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
        T: Send,
    {
        // Panics outside a runtime before anything is recorded.
        let handle = Handle::current();
        self.spawn_on(task, &handle)
    }

    /// See [`real::task::JoinSet::spawn_on`].
    #[track_caller]
    pub fn spawn_on<F>(&mut self, task: F, handle: &Handle) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
        T: Send,
    {
        self.add(task, Location::caller(), |set, task| {
            task.node.goes_to(handle.id());
            // An older tokio's handle cannot be kept as well: its task shares the thread.
            #[cfg(not(before = "1.39"))]
            if let Some(crew) = crew::of(handle.id()) {
                return crew.spawn(task, |task| set.spawn_on(task, handle), Clone::clone);
            }
            set.spawn_on(task, handle)
        })
    }

    /// See [`real::task::JoinSet::spawn_local`].
    #[track_caller]
    pub fn spawn_local<F>(&mut self, task: F) -> AbortHandle
    where
        F: Future<Output = T> + 'static,
    {
        self.add(task, Location::caller(), real::task::JoinSet::spawn_local)
    }

    /// See [`real::task::JoinSet::spawn_local_on`].
    #[track_caller]
    pub fn spawn_local_on<F>(&mut self, task: F, local_set: &LocalSet) -> AbortHandle
    where
        F: Future<Output = T> + 'static,
    {
        self.add(task, Location::caller(), |set, task| set.spawn_local_on(task, local_set))
    }

    /// See [`real::task::JoinSet::spawn_blocking`].
    #[track_caller]
    pub fn spawn_blocking<F>(&mut self, f: F) -> AbortHandle
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send,
    {
        self.spawn_blocking_on(f, &Handle::current())
    }

    /// See [`real::task::JoinSet::spawn_blocking_on`].
    #[track_caller]
    pub fn spawn_blocking_on<F>(&mut self, f: F, handle: &Handle) -> AbortHandle
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send,
    {
        let call = Call::new(Location::caller(), handle.id());
        let theirs = Queued(call.clone());
        let handle = self.inner.spawn_blocking_on(move || theirs.run(f), handle);
        AbortHandle::of_blocking(handle, call)
    }

    fn joined<V>(&mut self, id: impl FnOnce(&V) -> Id, poll: Poll<Option<V>>) -> Poll<Option<V>> {
        self.asked = true;
        if let Poll::Ready(Some(result)) = &poll {
            let id = id(result);
            self.nodes.retain(|_, (other, _)| *other != id);
        }
        self.key.answer_alone(poll, || {
            let is_known = self.nodes.len() == self.inner.len();
            let of = if is_known { self.nodes.keys().copied().collect() } else { Vec::new() };
            match self.all && is_known {
                true => On::All { on: vec![Wait { on: On::Tasks { of }, stack: stack::here() }] },
                false => On::Tasks { of },
            }
        })
    }

    /// See [`real::task::JoinSet::poll_join_next_with_id`].
    pub fn poll_join_next_with_id(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<(Id, T), JoinError>>> {
        let poll = quietly(true, || self.inner.poll_join_next_with_id(cx));
        self.joined(id_of, poll)
    }

    /// See [`real::task::JoinSet::poll_join_next`].
    pub fn poll_join_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, JoinError>>> {
        self.poll_join_next_with_id(cx).map(|next| next.map(|next| next.map(|(_, value)| value)))
    }

    /// See [`real::task::JoinSet::join_next`].
    pub async fn join_next(&mut self) -> Option<Result<T, JoinError>> {
        poll_fn(|cx| self.poll_join_next(cx)).await
    }

    /// See [`real::task::JoinSet::join_next_with_id`].
    pub async fn join_next_with_id(&mut self) -> Option<Result<(Id, T), JoinError>> {
        poll_fn(|cx| self.poll_join_next_with_id(cx)).await
    }

    /// See [`real::task::JoinSet::try_join_next_with_id`].
    pub fn try_join_next_with_id(&mut self) -> Option<Result<(Id, T), JoinError>> {
        self.asked = true;
        let next = self.inner.try_join_next_with_id();
        if let Some(result) = &next {
            let id = id_of(result);
            self.nodes.retain(|_, (other, _)| *other != id);
        }
        next
    }

    /// See [`real::task::JoinSet::try_join_next`].
    pub fn try_join_next(&mut self) -> Option<Result<T, JoinError>> {
        self.try_join_next_with_id().map(|next| next.map(|(_, value)| value))
    }

    /// See [`real::task::JoinSet::shutdown`].
    pub async fn shutdown(&mut self) {
        self.abort_all();
        self.all = true;
        while self.join_next().await.is_some() {}
        self.all = false;
    }

    /// See [`real::task::JoinSet::join_all`].
    pub async fn join_all(mut self) -> Vec<T> {
        let mut output = Vec::with_capacity(self.len());
        self.all = true;
        while let Some(result) = self.join_next().await {
            match result {
                Ok(value) => output.push(value),
                Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
                Err(error) => panic!("{error}"),
            }
        }
        output
    }

    /// See [`real::task::JoinSet::abort_all`].
    pub fn abort_all(&mut self) {
        let mut all_stopped = true;
        for (_, node) in self.nodes.values() {
            node.aborted(current::task());
            all_stopped &= node.stop();
        }
        // Whoever has a thread of its own ends there.
        if !all_stopped || self.nodes.len() < self.inner.len() {
            self.inner.abort_all();
        }
    }

    /// See [`real::task::JoinSet::detach_all`].
    pub fn detach_all(&mut self) {
        self.nodes.clear();
        self.inner.detach_all();
    }
}

fn id_of<T>(result: &Result<(Id, T), JoinError>) -> Id {
    match result {
        Ok((id, _)) => *id,
        Err(error) => error.id(),
    }
}

impl<T> Drop for JoinSet<T> {
    fn drop(&mut self) {
        // Dropping tokio's, which comes next, aborts them.
        for (_, node) in self.nodes.values() {
            if !self.asked {
                node.goes_with_set();
            }
            node.aborted(current::task());
        }
    }
}

impl<T> Default for JoinSet<T> {
    fn default() -> Self {
        JoinSet::new()
    }
}

impl<T, F> FromIterator<F> for JoinSet<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = F>>(futures: I) -> Self {
        let mut set = JoinSet::new();
        set.extend(futures);
        set
    }
}

impl<T, F> Extend<F> for JoinSet<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    #[track_caller]
    fn extend<I: IntoIterator<Item = F>>(&mut self, futures: I) {
        for future in futures {
            self.spawn(future);
        }
    }
}

/// See `tokio::task::join_set::Builder`.
#[cfg(tokio_unstable)]
#[derive(Debug)]
#[must_use = "builders do nothing unless used to spawn a task"]
pub struct Builder<'a, T>(&'a mut JoinSet<T>, Option<&'a str>);

#[cfg(tokio_unstable)]
impl<T: 'static> JoinSet<T> {
    /// See tokio's.
    pub fn build_task(&mut self) -> Builder<'_, T> {
        Builder(self, None)
    }
}

/// The methods of the builder, each that of the set.
#[cfg(tokio_unstable)]
macro_rules! spawns {
    ($($name:ident [$($send:tt)*] ($($arg:ident: $type:ty),*);)*) => {
        impl<'a, T: 'static> Builder<'a, T> {
            /// See tokio's.
            pub fn name(self, name: &'a str) -> Self {
                Builder(self.0, Some(name))
            }

            $(
                /// See tokio's.
                ///
                /// # Errors
                ///
                /// None, as tokio's.
                #[track_caller]
                pub fn $name<F>(self, task: F, $($arg: $type),*) -> std::io::Result<AbortHandle>
                where
                    F: $($send)* + 'static,
                    T: Send,
                {
                    let _named = Named::so(self.1);
                    Ok(self.0.$name(task, $($arg),*))
                }
            )*
        }
    };
}

#[cfg(tokio_unstable)]
spawns! {
    spawn [Future<Output = T> + Send] ();
    spawn_on [Future<Output = T> + Send] (handle: &Handle);
    spawn_blocking [FnOnce() -> T + Send] ();
    spawn_blocking_on [FnOnce() -> T + Send] (handle: &Handle);
}

#[cfg(tokio_unstable)]
impl<T: 'static> Builder<'_, T> {
    /// See tokio's.
    ///
    /// # Errors
    ///
    /// None, as tokio's.
    #[track_caller]
    pub fn spawn_local<F>(self, task: F) -> std::io::Result<AbortHandle>
    where
        F: Future<Output = T> + 'static,
    {
        let _named = Named::so(self.1);
        Ok(self.0.spawn_local(task))
    }

    /// See tokio's.
    ///
    /// # Errors
    ///
    /// None, as tokio's.
    #[track_caller]
    pub fn spawn_local_on<F>(self, task: F, set: &LocalSet) -> std::io::Result<AbortHandle>
    where
        F: Future<Output = T> + 'static,
    {
        let _named = Named::so(self.1);
        Ok(self.0.spawn_local_on(task, set))
    }
}
