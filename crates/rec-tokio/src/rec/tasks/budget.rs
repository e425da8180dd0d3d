//! Whether the task that is polled may go on in this turn: tokio makes those
//! wait that have done much in it already.

#[cfg(not(before = "1.44"))]
pub(crate) use real::task::coop::has_budget_remaining;

/// See [`real::task::coop::has_budget_remaining`]. tokio does not tell: so
/// something is polled that is never ready, and that asks to be polled again at
/// once only where there is no budget.
#[cfg(before = "1.44")]
pub(crate) fn has_budget_remaining() -> bool {
    use std::pin::Pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
    use std::task::{Context, Wake, Waker};

    struct Again(AtomicBool);

    impl Wake for Again {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Relaxed);
        }
    }

    let again = Arc::new(Again(AtomicBool::new(false)));
    let waker = Waker::from(Arc::clone(&again));
    let (_sender, mut receiver) = real::sync::oneshot::channel::<()>();
    let poll = Pin::new(&mut receiver).poll(&mut Context::from_waker(&waker));
    poll.is_pending() && !again.0.load(Relaxed)
}
