//! Runs a program, tokio or asyncio, and gives what happened as events.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`program`] | a [`Program`] to be run, and its [`Options`] |
//! | [`process`] | a child process within limits, of which nothing is left behind |
//! | [`scratch`] | where temporary files are |
//! | [`rust`] | records a tokio program |
//! | [`python`] | records asyncio scripts |
//! | [`parallel`] | as many jobs at a time as there are processors |
//! | [`orders`] | a program run many times: which outputs it has, and how often |
//! | [`search`] | a program run in every order that it can have |
//!
//! What comes of a run is a [`recording::session::Session`].

#[macro_use]
mod say;

pub mod orders;
pub mod parallel;
#[cfg(target_os = "linux")]
pub mod process;
#[cfg(not(target_os = "linux"))]
#[path = "process_elsewhere.rs"]
pub mod process;
pub mod program;
pub mod python;
mod required;
pub mod rust;
pub mod scratch;
pub mod search;

mod lent;
/// What the processes that are recorded, and this one, agree about.
mod wire;
mod written;

pub use required::everything_required;
pub use search::every::every_order;

use program::{Options, Program};
use recording::event::Language;
use recording::session::Session;

/// Runs `program` and gives what happened, whatever it is written in.
///
/// # Errors
///
/// When it does not compile or cannot be run. How a program ended that did run
/// is said by [`Session::ending`].
pub fn record(program: &Program, options: &Options) -> anyhow::Result<Session> {
    match program.language {
        Language::Rust => rust::start(program, options),
        Language::Python => python::start(program, options),
    }
}
