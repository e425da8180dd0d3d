//! The command line of Context Switch: read the book, build it, record its
//! programs, trace a program of your own.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`cli`] | the arguments, and how a command ends |
//! | [`paths`] | where the book is |
//! | [`read`] | the book in a browser, following every change |
//! | [`build`](mod@build) | the static site |
//! | [`log`] | mdBook's log, collected |

pub mod build;
pub mod cli;
pub mod log;
pub mod paths;
pub mod read;
