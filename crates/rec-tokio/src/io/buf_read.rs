//! Reading from what has a buffer.

use std::fmt;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use real::io::{AsyncBufRead, AsyncBufReadExt as Real, ErrorKind, Lines, Result, Split};

use super::ask::{Ask, Step};
use super::read::Text;

/// See [`real::io::AsyncBufReadExt`].
pub trait AsyncBufReadExt: AsyncBufRead {
    /// See [`real::io::AsyncBufReadExt::read_until`].
    fn read_until<'a>(&'a mut self, byte: u8, buf: &'a mut Vec<u8>) -> Ask<'a, Self, ReadUntil<'a>>
    where
        Self: Unpin,
    {
        Ask::read(self, ReadUntil { byte, buf, read: 0 })
    }

    /// See [`real::io::AsyncBufReadExt::read_line`].
    fn read_line<'a>(&'a mut self, text: &'a mut String) -> Ask<'a, Self, ReadLine<'a>>
    where
        Self: Unpin,
    {
        Ask::read_all(self, "read_line", ReadLine(Text::new(text)))
    }

    /// See [`real::io::AsyncBufReadExt::split`].
    fn split(self, byte: u8) -> Split<Self>
    where
        Self: Sized + Unpin,
    {
        Real::split(self, byte)
    }

    /// See [`real::io::AsyncBufReadExt::fill_buf`].
    fn fill_buf(&mut self) -> FillBuf<'_, Self>
    where
        Self: Unpin,
    {
        FillBuf(Some(self))
    }

    /// See [`real::io::AsyncBufReadExt::consume`].
    fn consume(&mut self, n: usize)
    where
        Self: Unpin,
    {
        Pin::new(self).consume(n);
    }

    /// See [`real::io::AsyncBufReadExt::lines`].
    fn lines(self) -> Lines<Self>
    where
        Self: Sized,
    {
        Real::lines(self)
    }
}

impl<R: AsyncBufRead + ?Sized> AsyncBufReadExt for R {}

/// See `read_until`.
pub struct ReadUntil<'a> {
    byte: u8,
    buf: &'a mut Vec<u8>,
    read: usize,
}

impl<R: AsyncBufRead + ?Sized> Step<R> for ReadUntil<'_> {
    type Output = Result<usize>;

    fn poll(
        &mut self,
        io: Pin<&mut R>,
        cx: &mut Context<'_>,
        _so_far: &mut usize,
    ) -> Poll<Self::Output> {
        until(io, cx, self.byte, self.buf, &mut self.read)
    }
}

/// Reads up to a `byte`.
fn until<R: AsyncBufRead + ?Sized>(
    mut io: Pin<&mut R>,
    cx: &mut Context<'_>,
    byte: u8,
    to: &mut Vec<u8>,
    read: &mut usize,
) -> Poll<Result<usize>> {
    loop {
        let there = match ready!(io.as_mut().poll_fill_buf(cx)) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Poll::Ready(Err(error)),
            Ok(there) => there,
        };
        let at = there.iter().position(|other| *other == byte);
        let used = at.map_or(there.len(), |at| at + 1);
        to.extend_from_slice(&there[..used]);
        io.as_mut().consume(used);
        *read += used;
        if at.is_some() || used == 0 {
            return Poll::Ready(Ok(mem::take(read)));
        }
    }
}

/// See `read_line`.
pub struct ReadLine<'a>(Text<'a>);

impl<R: AsyncBufRead + ?Sized> Step<R> for ReadLine<'_> {
    type Output = Result<usize>;

    fn poll(
        &mut self,
        io: Pin<&mut R>,
        cx: &mut Context<'_>,
        so_far: &mut usize,
    ) -> Poll<Self::Output> {
        self.0.go_on(so_far, false, |bytes, read| until(io, cx, b'\n', bytes, read))
    }
}

/// See `fill_buf`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct FillBuf<'a, R: ?Sized>(Option<&'a mut R>);

impl<'a, R: AsyncBufRead + ?Sized + Unpin> Future for FillBuf<'a, R> {
    type Output = Result<&'a [u8]>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let io = self.0.take().expect("Polled after completion.");
        match Pin::new(&mut *io).poll_fill_buf(cx) {
            Poll::Ready(Ok(there)) => {
                // SAFETY: what lends them out for 'a is given up with it.
                #[allow(unsafe_code, reason = "the borrow would otherwise end with this poll")]
                let there = unsafe { mem::transmute::<&[u8], &'a [u8]>(there) };
                Poll::Ready(Ok(there))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => {
                self.0 = Some(io);
                Poll::Pending
            }
        }
    }
}

impl<R: ?Sized> fmt::Debug for FillBuf<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FillBuf").finish_non_exhaustive()
    }
}
