//! What is measured, by pages of the book.

pub mod client;
mod cpu;
mod echo;
mod project;
mod sleepers;
mod startup;
mod switch;
mod timers;
mod ways;

use crate::run::Run;
use costs::Group;

/// Measures one group; the second value is whether it was interrupted.
pub type Measure = fn(&Run) -> (Group, bool);

/// A group's name, and how it is measured.
pub type Named = (&'static str, Measure);

/// All groups, in the order of their pages.
pub const GROUPS: &[Named] = &[
    ("switch", switch::measure),
    ("sleepers", sleepers::measure),
    ("timers", timers::measure),
    ("cpu", cpu::measure),
    ("startup", startup::measure),
    ("echo", echo::measure),
    ("ways", ways::measure),
    ("project", project::measure),
];
