//! Messages that a branch has taken out of a channel, and is dropped with.
//!
//! A branch may do with them what it likes, and who is dropped with the channel
//! has no use for any. It is a loss when the same task takes the next one.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::current::{self, Taken};
use super::resource::Resource;
use crate::rec::records::raw::emit;
use crate::rec::records::say::Lost;
use crate::rec::records::{stack, switch};
use crate::rec::sys::lock::SpinLock;

/// Of more that were dropped the oldest are forgotten.
const MOST: usize = 64;

static DROPPED: SpinLock<Vec<Dropped>> = SpinLock::new(Vec::new());

struct Dropped {
    taken: Taken,
    task: u32,
    /// The branch.
    name: Arc<str>,
}

/// What a branch has taken and is not done with.
#[derive(Debug)]
pub(crate) struct Hands {
    /// The branch's name.
    name: Arc<str>,
    taken: Vec<Taken>,
}

impl Hands {
    /// Those of the branch `name`.
    pub(crate) fn of(name: Arc<str>) -> Self {
        Hands { name, taken: Vec::new() }
    }

    /// Calls `poll`, which polls the branch.
    pub(crate) fn poll<T>(&mut self, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
        let outer = current::with(|frame| frame.taken.replace(std::mem::take(&mut self.taken)));
        let result = poll();
        let Some(outer) = outer else { return result };
        current::with(|frame| {
            self.taken = std::mem::replace(&mut frame.taken, outer).unwrap_or_default();
        });
        result
    }

    /// The branch is done: what becomes of it is up to whoever awaits the branch.
    pub(crate) fn hand_over(&mut self) {
        current::with(|frame| match &mut frame.taken {
            Some(outer) => outer.append(&mut self.taken),
            None => self.taken.clear(),
        });
    }

    /// The branch is dropped.
    pub(crate) fn drop(&mut self) {
        let Some(task) = current::task().filter(|_| !self.taken.is_empty()) else { return };
        let mut dropped = DROPPED.lock();
        for taken in self.taken.drain(..) {
            if dropped.len() == MOST {
                dropped.remove(0);
            }
            dropped.push(Dropped { taken, task, name: Arc::clone(&self.name) });
        }
    }
}

impl Drop for Hands {
    fn drop(&mut self) {
        Hands::drop(self);
    }
}

/// The task that has the thread asks for a message.
pub(crate) fn asks(resource: &Resource) {
    if !switch::on() {
        return;
    }
    let Some(number) = resource.mentioned() else { return };
    let task = current::with(|frame| {
        if let Some(taken) = &mut frame.taken {
            taken.retain(|other| other.resource != number);
        }
        frame.node.id
    });
    let mut dropped = DROPPED.lock();
    let same = |other: &Dropped| other.taken.resource == number && Some(other.task) == task;
    let Some(at) = dropped.iter().position(same) else { return };
    let Dropped { taken, task, name } = dropped.remove(at);
    drop(dropped);
    let (r, n, again) = (Some(number), Some(1_u64), Some(stack::here()));
    let (of, call) = (None::<&str>, Some(&*name));
    emit(Lost { k: Some(task), what: "message", r, n, s: taken.stack, of, call, again });
}

/// It has got one.
fn gets(resource: &Resource) {
    current::with(|frame| {
        if let Some(taken) = &mut frame.taken {
            taken.push(Taken { resource: resource.number(), stack: stack::here() });
        }
    });
}

/// Says what `poll`, which asked for a message, has got: a `T`, if `is_one`.
pub(crate) fn got<T, U>(resource: &Resource, poll: Poll<T>, is_one: fn(&T) -> bool) -> Poll<T> {
    // One without a content is a signal, and that has been heard.
    if let Poll::Ready(value) = &poll
        && size_of::<U>() > 0
        && switch::on()
        && is_one(value)
    {
        gets(resource);
    }
    poll
}

/// `future`, which takes a `U` out of the `resource`.
pub(crate) async fn taking<F: Future, U>(
    resource: &Resource,
    future: F,
    is_one: fn(&F::Output) -> bool,
) -> F::Output {
    let mut future = std::pin::pin!(future);
    std::future::poll_fn(|cx: &mut Context<'_>| {
        asks(resource);
        let future: Pin<&mut F> = future.as_mut();
        got::<_, U>(resource, future.poll(cx), is_one)
    })
    .await
}
