//! Writing.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Buf;
use real::io::{AsyncWrite, ErrorKind, Result};
use std::io::IoSlice;

use super::ask::{Ask, Step};

/// Methods that write a number: the name, its type, and how it becomes bytes.
macro_rules! numbers {
    ($($name:ident: $type:ident $to:ident;)*) => {
        /// See [`real::io::AsyncWriteExt`].
        pub trait AsyncWriteExt: AsyncWrite {
            $(
                /// See tokio's.
                fn $name(&mut self, n: $type) -> Ask<'_, Self, Number>
                where
                    Self: Unpin,
                {
                    let mut bytes = [0; MOST];
                    let number = n.$to();
                    bytes[..number.len()].copy_from_slice(&number);
                    let number = Number { bytes, size: number.len(), written: 0 };
                    Ask::write_all(self, stringify!($name), number)
                }
            )*

            /// See [`real::io::AsyncWriteExt::write`].
            fn write<'a>(&'a mut self, from: &'a [u8]) -> Ask<'a, Self, Write<'a>>
            where
                Self: Unpin,
            {
                Ask::write(self, Write(from))
            }

            /// See [`real::io::AsyncWriteExt::write_vectored`].
            fn write_vectored<'a, 'b>(
                &'a mut self,
                from: &'a [IoSlice<'b>],
            ) -> Ask<'a, Self, WriteVectored<'a, 'b>>
            where
                Self: Unpin,
            {
                Ask::write(self, WriteVectored(from))
            }

            /// See [`real::io::AsyncWriteExt::write_buf`].
            fn write_buf<'a, B>(&'a mut self, from: &'a mut B) -> Ask<'a, Self, WriteFrom<'a, B>>
            where
                Self: Sized + Unpin,
                B: Buf,
            {
                Ask::write(self, WriteFrom(from))
            }

            /// See [`real::io::AsyncWriteExt::write_all_buf`].
            fn write_all_buf<'a, B>(
                &'a mut self,
                from: &'a mut B,
            ) -> Ask<'a, Self, WriteAllFrom<'a, B>>
            where
                Self: Sized + Unpin,
                B: Buf,
            {
                Ask::write(self, WriteAllFrom(from))
            }

            /// See [`real::io::AsyncWriteExt::write_all`].
            fn write_all<'a>(&'a mut self, from: &'a [u8]) -> Ask<'a, Self, WriteAll<'a>>
            where
                Self: Unpin,
            {
                Ask::write_all(self, "write_all", WriteAll { from, written: 0 })
            }

            /// See [`real::io::AsyncWriteExt::flush`].
            fn flush(&mut self) -> Ask<'_, Self, Flush>
            where
                Self: Unpin,
            {
                // What was written before it is still written.
                Ask::read(self, Flush)
            }

            /// See [`real::io::AsyncWriteExt::shutdown`].
            fn shutdown(&mut self) -> Ask<'_, Self, Shutdown>
            where
                Self: Unpin,
            {
                Ask::read(self, Shutdown)
            }
        }
    };
}

numbers! {
    write_u8: u8 to_be_bytes;
    write_i8: i8 to_be_bytes;
    write_u16: u16 to_be_bytes;
    write_i16: i16 to_be_bytes;
    write_u32: u32 to_be_bytes;
    write_i32: i32 to_be_bytes;
    write_u64: u64 to_be_bytes;
    write_i64: i64 to_be_bytes;
    write_u128: u128 to_be_bytes;
    write_i128: i128 to_be_bytes;
    write_f32: f32 to_be_bytes;
    write_f64: f64 to_be_bytes;
    write_u16_le: u16 to_le_bytes;
    write_i16_le: i16 to_le_bytes;
    write_u32_le: u32 to_le_bytes;
    write_i32_le: i32 to_le_bytes;
    write_u64_le: u64 to_le_bytes;
    write_i64_le: i64 to_le_bytes;
    write_u128_le: u128 to_le_bytes;
    write_i128_le: i128 to_le_bytes;
    write_f32_le: f32 to_le_bytes;
    write_f64_le: f64 to_le_bytes;
}

impl<W: AsyncWrite + ?Sized> AsyncWriteExt for W {}

/// The bytes of the longest number.
const MOST: usize = 16;

/// tokio takes no more parts of a buffer at once.
const PARTS: usize = 64;

/// Writes some of `from`, which is not empty.
fn some<W: AsyncWrite + ?Sized>(
    mut io: Pin<&mut W>,
    cx: &mut Context<'_>,
    from: &[u8],
) -> Poll<Result<usize>> {
    loop {
        return Poll::Ready(match ready!(io.as_mut().poll_write(cx, from)) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Ok(0) => Err(ErrorKind::WriteZero.into()),
            result => result,
        });
    }
}

/// Writes some of a buffer, which is not empty.
fn part<W: AsyncWrite + ?Sized, B: Buf>(
    io: Pin<&mut W>,
    cx: &mut Context<'_>,
    from: &mut B,
) -> Poll<Result<usize>> {
    let n = if io.is_write_vectored() {
        let mut parts = [IoSlice::new(&[]); PARTS];
        let used = from.chunks_vectored(&mut parts);
        ready!(io.poll_write_vectored(cx, &parts[..used]))?
    } else {
        ready!(io.poll_write(cx, from.chunk()))?
    };
    from.advance(n);
    Poll::Ready(Ok(n))
}

/// Makes a step of a type.
macro_rules! step {
    ($([$($buf:ident)?] $name:ty, $output:ty,
        |$this:ident, $io:ident, $cx:ident, $so_far:ident| $body:expr;)*) => {$(
        impl<$($buf: Buf,)? W: AsyncWrite + ?Sized> Step<W> for $name {
            type Output = Result<$output>;

            #[allow(unused_mut, unused_variables, reason = "not every step needs all of them")]
            fn poll(
                &mut self,
                mut $io: Pin<&mut W>,
                $cx: &mut Context<'_>,
                $so_far: &mut usize,
            ) -> Poll<Self::Output> {
                let $this = self;
                $body
            }
        }
    )*};
}

/// See `write`.
pub struct Write<'a>(&'a [u8]);
/// See `write_vectored`.
pub struct WriteVectored<'a, 'b>(&'a [IoSlice<'b>]);
/// See `write_buf`.
pub struct WriteFrom<'a, B>(&'a mut B);
/// See `write_all_buf`.
pub struct WriteAllFrom<'a, B>(&'a mut B);
/// See `flush`.
pub struct Flush;
/// See `shutdown`.
pub struct Shutdown;

/// See `write_all`.
pub struct WriteAll<'a> {
    from: &'a [u8],
    written: usize,
}

/// See `write_u16` and the like.
pub struct Number {
    bytes: [u8; MOST],
    size: usize,
    written: usize,
}

step! {
    [] Write<'_>, usize, |this, io, cx, so_far| io.poll_write(cx, this.0);
    [] WriteVectored<'_, '_>, usize, |this, io, cx, so_far| io.poll_write_vectored(cx, this.0);
    [] Flush, (), |this, io, cx, so_far| io.poll_flush(cx);
    [] Shutdown, (), |this, io, cx, so_far| io.poll_shutdown(cx);
    [B] WriteFrom<'_, B>, usize, |this, io, cx, so_far| {
        if this.0.has_remaining() { part(io, cx, this.0) } else { Poll::Ready(Ok(0)) }
    };
    [B] WriteAllFrom<'_, B>, (), |this, io, cx, so_far| {
        while this.0.has_remaining() {
            match ready!(part(io.as_mut(), cx, this.0)) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Err(error)),
                Ok(0) => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                Ok(_) => {}
            }
        }
        Poll::Ready(Ok(()))
    };
    [] WriteAll<'_>, (), |this, io, cx, so_far| {
        while this.written < this.from.len() {
            *so_far = this.written;
            this.written += ready!(some(io.as_mut(), cx, &this.from[this.written..]))?;
        }
        Poll::Ready(Ok(()))
    };
    [] Number, (), |this, io, cx, so_far| {
        while this.written < this.size {
            *so_far = this.written;
            this.written += ready!(some(io.as_mut(), cx, &this.bytes[this.written..this.size]))?;
        }
        Poll::Ready(Ok(()))
    };
}
