//! The command line of Context Switch: read the book, build it, record its
//! programs, trace a program of your own.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`cli`] | the arguments |
//! | [`record`](mod@record) | the examples run, the pages made to follow |
//! | [`matrix`](mod@matrix) | the same programs on every Python, loop and tokio at hand |
//! | [`runs`] | many programs recorded side by side |
//! | [`fresh`] | when a recording is still good |
//! | [`change`] | a file that is to be changed: a diff, or written |
//! | [`catalogue`] | the table of all examples |
//! | [`figures`] | what of the book is tested, counted |
//! | [`read`] | the book in a browser, following every change |
//! | [`workshop`] | running and changing programs from a page |
//! | [`build`](mod@build) | the static site |
//! | [`in_page`] | Python in the pages of that site |
//! | [`new`](mod@new) | an example and its chapter, laid down |
//! | [`publish`](mod@publish) | everything tested, then the site put in its place |
//! | [`staging`] | folders for what is not finished |
//! | [`log`] | mdBook's log, collected |

// Its words on stderr, where nobody may listen.
#[macro_use(eprintln)]
extern crate trace;

pub mod build;
pub mod catalogue;
pub mod change;
pub mod cli;
pub mod figures;
pub mod fresh;
pub mod in_page;
pub mod log;
pub mod matrix;
pub mod new;
pub mod publish;
pub mod read;
pub mod record;
pub mod runs;
pub mod staging;
#[cfg(target_os = "linux")]
pub mod workshop;
#[cfg(not(target_os = "linux"))]
#[path = "workshop_elsewhere.rs"]
pub mod workshop;
