//! Runs a program, tokio or asyncio, and gives what happened as events: which
//! task had the thread when, what it waited for, who woke it, what it printed.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`event`] | the model: a [`Recording`] is a [`Header`] and [`Event`]s, the same for both languages |
//! | [`check`] | what must hold of every recording on one thread |
//! | [`process`] | a child process within limits, of which nothing is left behind |
//! | [`draw`] | views of a recording: diagram, table, output, facts |
//! | [`findings`] | what is wrong with a run |
//! | [`listing`] | the part of a program that the book shows |
//! | [`orders`] | a program run many times: which outputs it has, and how often |
//! | [`part`] | a part of a run, and what is said of all of it |
//! | [`python`] | records asyncio scripts |
//! | [`regions`] | the marked regions of a chapter, which show views |
//! | [`store`] | the files in which the book keeps its recordings |
//! | [`rust`] | records a tokio program |
//! | [`session`] | a [`Program`] to be run, its [`Options`], the [`Session`] that comes of it |

pub mod check;
pub mod draw;
pub mod event;
pub mod findings;
pub mod listing;
pub mod orders;
pub mod part;
#[cfg(target_os = "linux")]
pub mod process;
#[cfg(not(target_os = "linux"))]
#[path = "process_elsewhere.rs"]
pub mod process;
pub mod python;
pub mod regions;
pub mod rust;
pub mod session;
pub mod store;

pub use event::{Event, Header, Recording, What};
pub use session::{Ending, Options, Program, Session};

/// Runs `program` and gives what happened, whatever it is written in.
///
/// # Errors
///
/// When it does not compile or cannot be run. How a program ended that did run
/// is said by [`Session::ending`].
pub fn record(program: &Program, options: &Options) -> anyhow::Result<Session> {
    match program.language {
        event::Language::Rust => rust::start(program, options),
        event::Language::Python => python::start(program, options),
    }
}
