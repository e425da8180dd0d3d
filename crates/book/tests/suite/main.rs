//! The command line and the pages it makes, used as a reader uses them.

mod accessible;
mod attacks;
mod build;
mod fresh;
mod interrupt;
mod pages;
mod read_only;
mod reader;
mod stage;
mod stock;
mod support;
mod trace;
