//! The command line and the pages it makes, used as a reader uses them.

mod accessible;
mod attacks;
mod build;
mod diagrams;
mod exercises;
#[cfg(unix)]
mod faults;
mod fresh;
mod in_page;
mod interrupt;
mod links;
mod one_order;
mod packages;
mod pages;
mod pressed;
mod publish;
mod read_only;
mod reader;
mod single;
mod stage;
mod stock;
mod support;
mod tokios;
mod trace;
