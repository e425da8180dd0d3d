//! The command line of Context Switch: read the book, build it, record its
//! programs, trace a program of your own.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`cli`] | the arguments, and how a command ends |

pub mod cli;
