//! How a run is to be shown.

use std::path::PathBuf;

use recording::exercise::Exercise;
use recording::part::Window;
use recording::session::Ended;

use super::format::Format;
use super::report::Kinds;

/// How a run is to be shown.
pub struct How {
    /// Text in a terminal and mermaid elsewhere, if not said.
    pub format: Option<Format>,
    /// In the browser instead.
    pub open: bool,
    /// Which part of it.
    pub window: Window,
    /// How the program ended, if not well.
    pub ended: Option<Ended>,
    /// The kinds of findings that make the command fail.
    pub fail_on: Vec<Kinds>,
    /// What it has to be, of which only a page is told.
    pub exercise: Option<Exercise>,
    /// The program's main file.
    pub path: PathBuf,
}
