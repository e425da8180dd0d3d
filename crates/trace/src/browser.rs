//! Opening the page, where somebody sits in front of it.

use std::env;
use std::io::{IsTerminal, stdout};

/// Opens `address` in the reader's browser, if there is a desktop and a person
/// at the terminal. Where that fails, the printed address has to do.
pub fn open_on_a_desktop(address: &str) {
    if !stdout().is_terminal() || !has_desktop() {
        return;
    }
    if let Err(error) = opener::open_browser(address) {
        eprintln!("no browser could be opened: {error}");
    }
}

fn has_desktop() -> bool {
    let shown_on = |name| env::var_os(name).is_some_and(|display| !display.is_empty());
    cfg!(any(target_os = "macos", windows)) || shown_on("DISPLAY") || shown_on("WAYLAND_DISPLAY")
}
