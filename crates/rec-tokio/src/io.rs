//! `tokio::io`, recorded: what is read and written in several steps says so
//! when it is dropped between two of them.
//!
//! The futures of tokio's extension traits have no public names, and a trait
//! in their place has to name what it gives. So they are here once more, a step
//! each: see [`ask`].

mod ask;
mod buf_read;
mod duplex;
mod read;
mod write;

pub use buf_read::AsyncBufReadExt;
pub use duplex::{DuplexStream, duplex};
pub use read::AsyncReadExt;
pub use real::io::*;
pub use write::AsyncWriteExt;
