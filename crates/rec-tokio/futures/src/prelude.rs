//! `futures::prelude`, with this crate's own [`StreamExt`](crate::StreamExt)
//! alone: with the real one beside it no call would be unambiguous.

pub use crate::future::{self, Future, TryFuture};
pub use crate::stream::{self, Stream, TryStream};
pub use real::future::{FutureExt as _, TryFutureExt as _};
pub use real::io::{
    AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncSeek, AsyncSeekExt as _,
    AsyncWrite, AsyncWriteExt as _,
};
pub use real::sink::{self, Sink, SinkExt as _};
pub use real::stream::TryStreamExt as _;

pub use crate::stream::StreamExt as _;
