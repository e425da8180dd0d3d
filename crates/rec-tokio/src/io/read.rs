//! Reading.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::BufMut;
#[cfg(not(before = "1.49"))]
use real::io::Chain;
use real::io::{AsyncRead, AsyncReadExt as Real, Error, ErrorKind, ReadBuf, Result, Take};

use super::ask::{Ask, Step};

/// Methods that read a number: the name, its type, and how its bytes become it.
macro_rules! numbers {
    ($($name:ident: $type:ident $from:ident;)*) => {
        /// See [`real::io::AsyncReadExt`].
        pub trait AsyncReadExt: AsyncRead {
            $(
                /// See tokio's.
                fn $name(&mut self) -> Ask<'_, Self, Number<$type>>
                where
                    Self: Unpin,
                {
                    fn make(bytes: &[u8; MOST]) -> $type {
                        let bytes = bytes.first_chunk().expect("no number is longer");
                        $type::$from(*bytes)
                    }
                    let size = size_of::<$type>();
                    Ask::read_all(
                        self,
                        stringify!($name),
                        Number { bytes: [0; MOST], read: 0, size, make },
                    )
                }
            )*

            /// See [`real::io::AsyncReadExt::chain`], whose answer has no name in
            /// an older tokio.
            #[cfg(before = "1.49")]
            fn chain<R>(self, next: R) -> impl AsyncRead
            where
                Self: Sized,
                R: AsyncRead,
            {
                Real::chain(self, next)
            }

            /// See [`real::io::AsyncReadExt::chain`].
            #[cfg(not(before = "1.49"))]
            fn chain<R>(self, next: R) -> Chain<Self, R>
            where
                Self: Sized,
                R: AsyncRead,
            {
                Real::chain(self, next)
            }

            /// See [`real::io::AsyncReadExt::take`].
            fn take(self, limit: u64) -> Take<Self>
            where
                Self: Sized,
            {
                Real::take(self, limit)
            }

            /// See [`real::io::AsyncReadExt::read`].
            fn read<'a>(&'a mut self, buf: &'a mut [u8]) -> Ask<'a, Self, Read<'a>>
            where
                Self: Unpin,
            {
                Ask::read(self, Read(buf))
            }

            /// See [`real::io::AsyncReadExt::read_buf`].
            fn read_buf<'a, B>(&'a mut self, buf: &'a mut B) -> Ask<'a, Self, ReadInto<'a, B>>
            where
                Self: Unpin,
                B: BufMut + ?Sized,
            {
                Ask::read(self, ReadInto(buf))
            }

            /// See [`real::io::AsyncReadExt::read_exact`].
            fn read_exact<'a>(&'a mut self, buf: &'a mut [u8]) -> Ask<'a, Self, ReadExact<'a>>
            where
                Self: Unpin,
            {
                Ask::read_all(self, "read_exact", ReadExact(ReadBuf::new(buf)))
            }

            /// See [`real::io::AsyncReadExt::read_to_end`].
            fn read_to_end<'a>(&'a mut self, buf: &'a mut Vec<u8>) -> Ask<'a, Self, ReadToEnd<'a>>
            where
                Self: Unpin,
            {
                Ask::read(self, ReadToEnd { buf, read: 0 })
            }

            /// See [`real::io::AsyncReadExt::read_to_string`].
            fn read_to_string<'a>(
                &'a mut self,
                text: &'a mut String,
            ) -> Ask<'a, Self, ReadToString<'a>>
            where
                Self: Unpin,
            {
                Ask::read_all(self, "read_to_string", ReadToString(Text::new(text)))
            }
        }
    };
}

numbers! {
    read_u8: u8 from_be_bytes;
    read_i8: i8 from_be_bytes;
    read_u16: u16 from_be_bytes;
    read_i16: i16 from_be_bytes;
    read_u32: u32 from_be_bytes;
    read_i32: i32 from_be_bytes;
    read_u64: u64 from_be_bytes;
    read_i64: i64 from_be_bytes;
    read_u128: u128 from_be_bytes;
    read_i128: i128 from_be_bytes;
    read_f32: f32 from_be_bytes;
    read_f64: f64 from_be_bytes;
    read_u16_le: u16 from_le_bytes;
    read_i16_le: i16 from_le_bytes;
    read_u32_le: u32 from_le_bytes;
    read_i32_le: i32 from_le_bytes;
    read_u64_le: u64 from_le_bytes;
    read_i64_le: i64 from_le_bytes;
    read_u128_le: u128 from_le_bytes;
    read_i128_le: i128 from_le_bytes;
    read_f32_le: f32 from_le_bytes;
    read_f64_le: f64 from_le_bytes;
}

impl<R: AsyncRead + ?Sized> AsyncReadExt for R {}

/// The bytes of the longest number.
const MOST: usize = 16;

/// See `read`.
pub struct Read<'a>(&'a mut [u8]);

impl<R: AsyncRead + ?Sized> Step<R> for Read<'_> {
    type Output = Result<usize>;

    fn poll(
        &mut self,
        io: Pin<&mut R>,
        cx: &mut Context<'_>,
        _so_far: &mut usize,
    ) -> Poll<Self::Output> {
        let mut buf = ReadBuf::new(self.0);
        ready!(io.poll_read(cx, &mut buf))?;
        Poll::Ready(Ok(buf.filled().len()))
    }
}

/// See `read_buf`.
pub struct ReadInto<'a, B: ?Sized>(&'a mut B);

impl<R: AsyncRead + ?Sized, B: BufMut + ?Sized> Step<R> for ReadInto<'_, B> {
    type Output = Result<usize>;

    fn poll(
        &mut self,
        io: Pin<&mut R>,
        cx: &mut Context<'_>,
        _so_far: &mut usize,
    ) -> Poll<Self::Output> {
        if !self.0.has_remaining_mut() {
            return Poll::Ready(Ok(0));
        }
        // SAFETY: only what a `ReadBuf` says was filled counts as initialized.
        #[allow(unsafe_code, reason = "a buffer's own memory is not initialized")]
        let n = unsafe {
            let room = self.0.chunk_mut().as_uninit_slice_mut();
            let mut buf = ReadBuf::uninit(room);
            let start = buf.filled().as_ptr();
            ready!(io.poll_read(cx, &mut buf))?;
            assert_eq!(start, buf.filled().as_ptr(), "the reader put another buffer in its place");
            let n = buf.filled().len();
            self.0.advance_mut(n);
            n
        };
        Poll::Ready(Ok(n))
    }
}

/// See `read_exact`.
pub struct ReadExact<'a>(ReadBuf<'a>);

impl<R: AsyncRead + ?Sized> Step<R> for ReadExact<'_> {
    type Output = Result<usize>;

    fn poll(
        &mut self,
        mut io: Pin<&mut R>,
        cx: &mut Context<'_>,
        so_far: &mut usize,
    ) -> Poll<Self::Output> {
        while self.0.remaining() > 0 {
            let before = self.0.remaining();
            *so_far = self.0.filled().len();
            ready!(io.as_mut().poll_read(cx, &mut self.0))?;
            if self.0.remaining() == before {
                return Poll::Ready(Err(Error::new(ErrorKind::UnexpectedEof, "early eof")));
            }
        }
        Poll::Ready(Ok(self.0.capacity()))
    }
}

/// See `read_u16` and the like.
pub struct Number<T> {
    bytes: [u8; MOST],
    read: usize,
    size: usize,
    make: fn(&[u8; MOST]) -> T,
}

impl<R: AsyncRead + ?Sized, T> Step<R> for Number<T> {
    type Output = Result<T>;

    fn poll(
        &mut self,
        mut io: Pin<&mut R>,
        cx: &mut Context<'_>,
        so_far: &mut usize,
    ) -> Poll<Self::Output> {
        while self.read < self.size {
            *so_far = self.read;
            let mut buf = ReadBuf::new(&mut self.bytes[self.read..self.size]);
            match ready!(io.as_mut().poll_read(cx, &mut buf)) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Poll::Ready(Err(error)),
                Ok(()) if buf.filled().is_empty() => {
                    return Poll::Ready(Err(ErrorKind::UnexpectedEof.into()));
                }
                Ok(()) => self.read += buf.filled().len(),
            }
        }
        Poll::Ready(Ok((self.make)(&self.bytes)))
    }
}

/// See `read_to_end`.
pub struct ReadToEnd<'a> {
    buf: &'a mut Vec<u8>,
    read: usize,
}

impl<R: AsyncRead + ?Sized> Step<R> for ReadToEnd<'_> {
    type Output = Result<usize>;

    fn poll(
        &mut self,
        io: Pin<&mut R>,
        cx: &mut Context<'_>,
        _so_far: &mut usize,
    ) -> Poll<Self::Output> {
        to_end(io, cx, self.buf, &mut self.read)
    }
}

/// Reads all that comes.
fn to_end<R: AsyncRead + ?Sized>(
    mut io: Pin<&mut R>,
    cx: &mut Context<'_>,
    to: &mut Vec<u8>,
    read: &mut usize,
) -> Poll<Result<usize>> {
    loop {
        if to.capacity() - to.len() < 32 {
            to.reserve(32);
        }
        let mut buf = ReadBuf::uninit(to.spare_capacity_mut());
        match ready!(io.as_mut().poll_read(cx, &mut buf)) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Poll::Ready(Err(error)),
            Ok(()) => {}
        }
        let n = buf.filled().len();
        if n == 0 {
            return Poll::Ready(Ok(mem::take(read)));
        }
        // SAFETY: so many bytes behind the old ones have been filled.
        #[allow(unsafe_code, reason = "they were read into memory that was not initialized")]
        unsafe {
            to.set_len(to.len() + n);
        }
        *read += n;
    }
}

/// See `read_to_string`.
pub struct ReadToString<'a>(Text<'a>);

impl<R: AsyncRead + ?Sized> Step<R> for ReadToString<'_> {
    type Output = Result<usize>;

    fn poll(
        &mut self,
        io: Pin<&mut R>,
        cx: &mut Context<'_>,
        so_far: &mut usize,
    ) -> Poll<Self::Output> {
        self.0.go_on(so_far, true, |bytes, read| to_end(io, cx, bytes, read))
    }
}

/// A text that is read on.
pub(super) struct Text<'a> {
    text: &'a mut String,
    /// The text's, and what was read.
    bytes: Vec<u8>,
    read: usize,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a mut String) -> Self {
        Text { bytes: mem::take(text).into_bytes(), text, read: 0 }
    }

    /// Reads on by `reads`, which counts what it reads; `undoes` is as in [`finish`].
    pub(super) fn go_on(
        &mut self,
        so_far: &mut usize,
        undoes: bool,
        reads: impl FnOnce(&mut Vec<u8>, &mut usize) -> Poll<Result<usize>>,
    ) -> Poll<Result<usize>> {
        let result = reads(&mut self.bytes, &mut self.read);
        *so_far = self.read;
        let result = ready!(result);
        let read = *result.as_ref().unwrap_or(&self.read);
        finish(result, mem::take(&mut self.bytes), read, self.text, undoes)
    }
}

/// Puts the bytes into the `text`, the last `read` of which are new: none of
/// these if they are no text or, where that `undoes` it, the reader failed.
fn finish(
    result: Result<usize>,
    bytes: Vec<u8>,
    read: usize,
    text: &mut String,
    undoes: bool,
) -> Poll<Result<usize>> {
    let before = bytes.len() - read;
    match String::from_utf8(bytes) {
        Ok(new) => {
            *text = new;
            if result.is_err() && undoes {
                text.truncate(before);
            }
            Poll::Ready(result)
        }
        Err(error) => {
            let wrong = error.utf8_error();
            let mut bytes = error.into_bytes();
            bytes.truncate(before);
            *text = String::from_utf8(bytes).expect("it was a text before");
            Poll::Ready(result.and(Err(Error::new(ErrorKind::InvalidData, wrong))))
        }
    }
}
