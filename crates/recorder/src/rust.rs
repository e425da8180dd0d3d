//! Records a tokio program.
//!
//! The program is compiled with a stand-in for tokio, `crates/rec-tokio`, which
//! writes *raw records* of what the tasks do to a file, on a clock of its own.
//! From these, the program's source and the executable's debug information
//! come the events.
//!
//! | module | is |
//! |---|---|
//! | [`home`] | where the stand-in is, and where programs are compiled |
//! | [`package`] | the package that is generated for recording |
//! | [`compile`] | from programs to executables, or to the compiler's errors |
//! | [`run`] | from an executable to a [`Session`] |
//! | [`project`] | the same for a program of a cargo package of its own |
//! | [`single`] | a single file that uses crates besides tokio |
//! | [`wrapper`] | what cargo calls in the place of rustc for that |
//! | `cargo` | cargo, and what it says |
//! | `files` | the files of a program, by the names that the compiler has for them |
//! | `records` | the file that the stand-in writes |
//! | `raw` | the records in it |
//! | `cbor` | the values of which they are made |
//! | `strangers` | what leaves wait for that the stand-in does not know |
//! | `made` | what the program calls a lock or a channel |
//! | `source` | names and lines, read off the program's text |
//! | `stacks` | from call stacks to lines of the program |
//! | `survey` | what has to be known of a run before its first event can be told |
//! | `versions` | which versions of tokio can be recorded |
//! | `waits` | from what the leaves say to what a task waits for, in kinds |
//! | `translate` | from raw records to events |

pub mod compile;
pub mod home;
pub mod package;
pub mod project;
pub mod run;
pub mod single;
pub mod wrapper;

mod cargo;
mod cbor;
mod files;
mod made;
mod raw;
mod records;
mod source;
mod stacks;
mod strangers;
mod survey;
mod translate;
mod versions;
mod waits;

use anyhow::Result;

pub use compile::{COMPILES_TOKIO, Compiled, NotCompiled, compile};

use crate::program::{Options, Program};
use recording::session::Session;

/// Compiles `program` and runs it.
///
/// # Errors
///
/// When it does not compile (with the compiler's messages) or cannot be run.
/// A program that fails is no error here: see [`Session::ending`].
pub fn start(program: &Program, options: &Options) -> Result<Session> {
    let [compiled] = <[Compiled; 1]>::try_from(compile(std::slice::from_ref(program))?)
        .expect("as many as there are programs");
    compiled.start(options)
}
