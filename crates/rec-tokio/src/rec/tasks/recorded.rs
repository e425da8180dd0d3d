//! A future that is a task.

use std::any::Any;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use super::node::Node;
use super::on::Said;
use super::{current, function, named, on, panic, waker};
use crate::rec::records::raw::emit;
use crate::rec::records::say::{self, Cancel, Pending, Ready, Spawn};
use crate::rec::records::workers::Slot;
use crate::rec::records::{switch, workers};
use crate::rec::turns::threads;

/// What kind of future it is, for its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What a runtime blocks on.
    Root,
    /// A spawned task.
    Task,
}

/// Wraps a task's future: says when it is polled, and what came of it.
pub(crate) struct Recorded<F> {
    pub(crate) node: Arc<Node>,
    /// Gone as soon as it is finished.
    future: Option<Pin<Box<F>>>,
    kind: Kind,
}

impl<F> Recorded<F> {
    /// A new task, spawned by the one that has the thread, at `at`.
    pub(crate) fn spawn(future: F, kind: Kind, at: &'static Location<'static>) -> Self {
        let by = current::task();
        let word = match kind {
            Kind::Root => "root",
            Kind::Task => "task",
        };
        let node = Node::new(|id| {
            let (file, line, col) = (at.file(), at.line(), at.column());
            let (of, named) = (function::of::<F>(), named::take());
            emit(Spawn { k: id, kind: word, by, file, line, col, of, named });
        });
        Recorded { node, future: Some(Box::pin(future)), kind }
    }

    /// Drops the future, with its task having the thread.
    fn drop_future(&mut self) {
        if let Some(future) = self.future.take() {
            current::enter(&self.node);
            // The task must not have the thread for ever if a destructor panics.
            let result = catch_unwind(AssertUnwindSafe(|| drop(future)));
            current::leave();
            if let Err(payload) = result
                && !std::thread::panicking()
            {
                resume_unwind(payload);
            }
        }
    }

    fn ended(&mut self, say: impl FnOnce()) {
        self.node.ended(say);
        self.drop_future();
        current::set_finished(Some(self.node.id));
    }

    fn panicked(&mut self, payload: Box<dyn Any + Send>) -> ! {
        let id = self.node.id;
        self.ended(|| panic::say(id, &*payload));
        resume_unwind(payload)
    }
}

impl<F: Future> Future for Recorded<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        let Some(future) = &mut this.future else {
            panic!("`async fn` resumed after completion");
        };
        if !switch::on() {
            return future.as_mut().poll(cx);
        }
        if this.kind == Kind::Task {
            workers::polls();
        }
        let id = this.node.id;
        let slot = (switch::is_ordered() && current::task().is_none()).then(Slot::take);
        let waker = begins(&this.node, cx);
        let mut cx = Context::from_waker(&waker);
        let result = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut cx)));
        let said = current::leave();
        match result {
            Ok(Poll::Pending) => {
                waits(&this.node, said);
                drop(slot);
                if this.node.stands_in_line() {
                    threads::yield_turn();
                }
                Poll::Pending
            }
            Ok(Poll::Ready(value)) => {
                this.ended(|| emit(Ready { k: id }));
                Poll::Ready(value)
            }
            Err(payload) => this.panicked(payload),
        }
    }
}

// What depends on no future is compiled here, optimised, and not in the program.

/// A poll of the task begins, with the waker that this gives.
fn begins(node: &Arc<Node>, cx: &Context<'_>) -> Waker {
    current::set_finished(None);
    let inside = current::task();
    node.polled(cx.waker(), || emit(say::Poll { k: node.id, inside }));
    current::enter(node);
    waker::of(node)
}

/// It ends, and the task waits for what was `said`.
fn waits(node: &Node, said: Vec<(u64, Said)>) {
    node.pending(&said);
    emit(Pending { k: node.id, on: on::any(said) });
}

impl<F> Drop for Recorded<F> {
    fn drop(&mut self) {
        if self.future.is_some() {
            let by = self.node.aborted_by().or_else(current::task);
            let id = self.node.id;
            let set = self.node.went_with_set().then_some(true);
            self.ended(|| emit(Cancel { k: id, by, set }));
        }
    }
}
