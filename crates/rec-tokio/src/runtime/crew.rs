//! A multi-threaded runtime where orders are chosen: each of its tasks has a
//! thread of its own, that blocks on the task's future.
//!
//! So a task can stand still in the middle of a poll while another one goes on,
//! as it happens between workers, and `turns` chooses who is next: among as many
//! workers as there are tasks. tokio's runtime, of one thread, has besides its
//! timers and sockets, which a *driver* waits for, only a stand-in for each task,
//! for whoever has its handle.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::thread;

use real::runtime::{Handle, Id, Runtime};
use real::sync::Notify;
use real::task::AbortHandle;

use crate::rec::records::leaves::needs_real_time;
use crate::rec::tasks::current;
use crate::rec::tasks::node::Node;
use crate::rec::tasks::recorded::Recorded;
use crate::rec::turns::threads;

/// What tokio calls the threads of its workers.
const NAME: &str = "tokio-rt-worker";

static CREWS: Mutex<Vec<(Id, Arc<Crew>)>> = Mutex::new(Vec::new());

/// The threads of a runtime.
pub(crate) struct Crew {
    handle: Handle,
    /// Ends the driver.
    end: Arc<Notify>,
    driver: Mutex<Option<thread::JoinHandle<()>>>,
    tasks: Mutex<Vec<(Arc<Node>, thread::JoinHandle<()>)>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The crew of a runtime, if it has one.
pub(crate) fn of(runtime: Id) -> Option<Arc<Crew>> {
    let crews = lock(&CREWS);
    crews.iter().find(|(id, _)| *id == runtime).map(|(_, crew)| Arc::clone(crew))
}

/// The runtime has a crew from now on.
pub(crate) fn begin(runtime: &Arc<Runtime>) {
    let (handle, end) = (runtime.handle().clone(), Arc::new(Notify::new()));
    let (id, runtime, ends) = (handle.id(), Arc::clone(runtime), Arc::clone(&end));
    threads::next_drives();
    let driver = start(move || runtime.block_on(ends.notified()));
    let driver = Mutex::new(Some(driver));
    let crew = Crew { handle, end, driver, tasks: Mutex::default() };
    lock(&CREWS).push((id, Arc::new(crew)));
}

/// Ends the runtime's crew, if it has one: whoever is in the middle of a poll
/// comes to its end first.
pub(crate) fn end(runtime: Id) {
    let Some(crew) = of(runtime) else { return };
    lock(&CREWS).retain(|(id, _)| *id != runtime);
    let tasks = std::mem::take(&mut *lock(&crew.tasks));
    tasks.iter().for_each(|(node, _)| node.stop_later());
    for (node, thread) in tasks {
        node.stop();
        let _ = thread.join();
    }
    crew.end.notify_one();
    let driver = lock(&crew.driver).take();
    let _ = driver.map(thread::JoinHandle::join);
}

fn start(run: impl FnOnce() + Send + 'static) -> thread::JoinHandle<()> {
    let thread = thread::Builder::new().name(NAME.to_owned()).spawn(run);
    thread.unwrap_or_else(|_| needs_real_time("it has too many tasks at a time", "seen"))
}

impl Crew {
    /// Gives `task` a thread, and the runtime, by `spawn`, a stand-in for it;
    /// `abort` is what of the stand-in's handle can end it.
    pub(crate) fn spawn<F, H>(
        &self,
        task: Recorded<F>,
        spawn: impl FnOnce(StandIn<F::Output>) -> H,
        abort: impl FnOnce(&H) -> AbortHandle,
    ) -> H
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let node = Arc::clone(&task.node);
        node.has_own_thread();
        let end = Arc::new(Mutex::new(End { came: None, waker: None, itself: None }));
        let stand_in = spawn(StandIn { node: Arc::clone(&node), end: Arc::clone(&end) });
        lock(&end).itself = Some(abort(&stand_in));
        let handle = self.handle.clone();
        let thread = start(move || {
            let came = catch_unwind(AssertUnwindSafe(|| handle.block_on(Whole(Some(task)))));
            let waker = {
                let mut end = lock(&end);
                end.came = Some(came.map_or_else(Came::Panicked, |value| {
                    value.map_or(Came::Stopped, Came::Finished)
                }));
                end.waker.take()
            };
            if let Some(waker) = waker {
                waker.wake();
            }
        });
        let mut tasks = lock(&self.tasks);
        if tasks.len().is_power_of_two() {
            tasks.retain(|(_, thread)| !thread.is_finished());
        }
        tasks.push((node, thread));
        stand_in
    }
}

/// A task on its own thread, which ends also when it is stopped: with nothing.
struct Whole<F>(Option<Recorded<F>>);

impl<F: Future> Future for Whole<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(task) = &mut self.0 else { return Poll::Ready(None) };
        let node = Arc::clone(&task.node);
        if !node.is_stopped() {
            match Pin::new(task).poll(cx) {
                Poll::Ready(value) => return Poll::Ready(Some(value)),
                Poll::Pending if !node.is_stopped() => return Poll::Pending,
                Poll::Pending => {}
            }
        }
        self.0 = None;
        Poll::Ready(None)
    }
}

/// How a task came to its end.
enum Came<T> {
    Finished(T),
    Panicked(Box<dyn Any + Send>),
    Stopped,
}

struct End<T> {
    came: Option<Came<T>>,
    /// The stand-in's.
    waker: Option<Waker>,
    itself: Option<AbortHandle>,
}

/// What the runtime has of a task that has its own thread.
pub(crate) struct StandIn<T> {
    node: Arc<Node>,
    end: Arc<Mutex<End<T>>>,
}

impl<T> Future for StandIn<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let mut end = lock(&self.end);
        end.waker = Some(cx.waker().clone());
        let came = ready!(end.came.take().map_or(Poll::Pending, Poll::Ready));
        current::set_finished(Some(self.node.id));
        match came {
            Came::Finished(value) => Poll::Ready(value),
            Came::Panicked(payload) => {
                drop(end);
                resume_unwind(payload)
            }
            Came::Stopped => {
                if let Some(itself) = &end.itself {
                    itself.abort();
                }
                Poll::Pending
            }
        }
    }
}

impl<T> Drop for StandIn<T> {
    fn drop(&mut self) {
        // Whoever dropped it wants the task to end; of one that has, nothing comes.
        self.node.stop();
    }
}
