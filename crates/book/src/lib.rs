//! The command line of Context Switch: read the book, build it, record its
//! programs, trace a program of your own.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`cli`] | the arguments, and how a command ends |
//! | [`record`](mod@record) | the examples run, the pages made to follow |
//! | [`trace`](mod@trace) | one program of your own recorded and shown |
//! | [`runs`] | many programs recorded side by side |
//! | [`progress`] | how far that is |
//! | [`fresh`] | when a recording is still good |
//! | [`change`] | a file that is to be changed: a diff, or written |
//! | [`catalogue`] | the table of all examples |
//! | [`figures`] | what of the book is tested, counted |
//! | [`read`] | the book in a browser, following every change |
//! | [`workshop`] | running and changing programs from a page |
//! | [`build`](mod@build) | the static site |
//! | [`new`](mod@new) | an example and its chapter, laid down |
//! | [`publish`](mod@publish) | everything tested, then the site put in its place |
//! | [`staging`] | folders for what is not finished |
//! | `say` | stderr, where nobody may listen |
//! | [`log`] | mdBook's log, collected |

#[macro_use]
mod say;

pub mod build;
pub mod catalogue;
pub mod change;
pub mod cli;
pub mod figures;
pub mod fresh;
pub mod log;
pub mod new;
pub mod progress;
pub mod publish;
pub mod read;
pub mod record;
pub mod runs;
pub mod staging;
pub mod trace;
#[cfg(target_os = "linux")]
pub mod workshop;
#[cfg(not(target_os = "linux"))]
#[path = "workshop_elsewhere.rs"]
pub mod workshop;
