//! What a switch, a task, a timer and a thread cost: the figures, and how the
//! book shows them.
//!
//! A [`Measured`] is what the data file holds: for each [`Group`] of figures when
//! and on which [`Machine`](data::Machine) it was measured, its [`Figure`]s, and
//! what was left out and why. `cargo bench` measures (`measure/`, which also says
//! how) and writes the file; [`pages`] puts plots and tables of it on the pages.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`data`] | the model, and the file |
//! | [`stats`] | median and spread |
//! | [`programs`] | the programs that are measured |
//! | [`views`] | every plot and table, by the page that shows it |
//! | [`plot`], [`rows`], [`mod@table`] | how they are drawn |

pub mod compare;
pub mod data;
pub mod names;
pub mod pages;
pub mod plot;
pub mod programs;
pub mod rows;
pub mod stats;
pub mod table;
pub mod units;
pub mod views;

pub use data::{Figure, Group, Measured};
