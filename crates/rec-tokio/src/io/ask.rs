//! What is asked of a reader or a writer: a future each, which says how far it
//! has come.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::rec::tasks::half::{Half, Way};
use crate::rec::turns::threads;

/// One thing that is asked, until it is answered.
pub trait Step<R: ?Sized> {
    /// The answer.
    type Output;

    /// Goes on with it, and says how many bytes have come or gone so far.
    fn poll(
        &mut self,
        io: Pin<&mut R>,
        cx: &mut Context<'_>,
        so_far: &mut usize,
    ) -> Poll<Self::Output>;
}

/// A future of the extension traits, as tokio has one of a name for each.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Ask<'a, R: ?Sized, S> {
    io: &'a mut R,
    step: S,
    half: Half,
    is_asked: bool,
}

impl<'a, R: ?Sized, S> Ask<'a, R, S> {
    /// A read that is one step, or whose bytes stay where the program has them.
    pub(super) fn read(io: &'a mut R, step: S) -> Self {
        Ask { io, step, half: Half::new(Way::Read, ""), is_asked: false }
    }

    /// The same of a write.
    pub(super) fn write(io: &'a mut R, step: S) -> Self {
        Ask { io, step, half: Half::new(Way::Write, ""), is_asked: false }
    }

    /// A read of which nobody knows how far it had come when it is dropped.
    pub(super) fn read_all(io: &'a mut R, call: &'static str, step: S) -> Self {
        Ask { io, step, half: Half::new(Way::Read, call), is_asked: false }
    }

    /// The same of a write.
    pub(super) fn write_all(io: &'a mut R, call: &'static str, step: S) -> Self {
        Ask { io, step, half: Half::new(Way::Write, call), is_asked: false }
    }
}

impl<R: ?Sized + Unpin, S: Step<R> + Unpin> Future for Ask<'_, R, S> {
    type Output = S::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<S::Output> {
        let Ask { io, step, half, is_asked } = &mut *self;
        if !std::mem::replace(is_asked, true) {
            threads::others_first();
        }
        half.begins(&**io);
        let mut so_far = 0;
        let poll = step.poll(Pin::new(&mut **io), cx, &mut so_far);
        half.stands(&**io, if poll.is_pending() { so_far } else { 0 });
        if poll.is_ready() {
            threads::others_first();
        }
        poll
    }
}

impl<R: ?Sized, S> fmt::Debug for Ask<'_, R, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ask").finish_non_exhaustive()
    }
}
