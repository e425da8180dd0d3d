//! Views of a recording: what a page, a terminal or a diagram shows of it.
//!
//! A recording is first told as a [`story`]: who hands the thread to whom, what
//! each answers, where time passes. The story is the same for both languages
//! but for its words; the views only write it down.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`scene`] | a recording, and how it is to be looked at |
//! | [`story`] | a recording as beats between places |
//! | [`voice`] | what is said of a beat |
//! | [`lanes`] | the tasks side by side; those of one kind together, if they are many |
//! | [`mermaid`] | the story as a sequence diagram |
//! | [`fold`] | a long diagram made short enough to read |
//! | [`text`] | the story as a table for the terminal |
//! | [`moments`] | the places where the player of a page can stop |
//! | [`player`] | a run as a page of the book shows it |
//! | [`output`] | the printed lines with their times |
//! | [`facts`] | the run in one line |
//! | [`chrome`] | the run in the format of Perfetto and Chrome's tracing |

pub mod chrome;
pub mod facts;
pub mod fold;
pub mod lanes;
pub mod mermaid;
pub mod moments;
pub mod output;
pub mod player;
pub mod scene;
pub mod story;
pub mod text;
pub mod voice;

pub use facts::facts;
pub use mermaid::mermaid;
pub use moments::Moments;
pub use output::output;
pub use player::player;
pub use scene::Scene;
pub use text::{Look, text};

#[cfg(test)]
mod tests;
