//! A stand-in for the `tokio` crate that records what a program's tasks do.
//!
//! A program compiled with `tokio = { package = "rec-tokio", path = … }` is
//! recorded without a changed letter: everything is tokio's own, re-exported,
//! except what this crate puts in its place. tokio itself runs in its normal
//! mode and does not know.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | `rec` | the recorder inside the recorded process: the records, the clock, the tasks |
//! | `rec::hooks` | the functions of libc that this crate defines in the process: time, output, chance |
//! | `branches` | `select!`, `join!` and their like, which say which branch is polled |
//! | `stands_for` | the macros by which a type of ours stands for one of tokio's |
//! | `wire` | what a leaf waits for, as it is written |
//! | all others | tokio's modules of the same name, with what is recorded overridden |
//!
//! Nothing is recorded, and everything behaves as tokio does, unless the
//! environment names the file for the records: see `rec::records::raw`.

pub use real::*;

mod branches;
#[cfg(feature = "io-util")]
pub mod io;
pub(crate) mod rec;
pub mod runtime;
mod stands_for;
pub mod sync;
pub mod task;
pub mod time;
mod wire;

#[doc(hidden)]
pub use branches::__rec;
pub use task::spawn;
