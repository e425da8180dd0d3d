//! A book to try things on, a running reader of it, and a browser.

pub mod book;
pub mod browser;
pub mod reader;
pub mod workshop;

#[path = "../../../recorder/tests/support/patience.rs"]
pub mod patience;

use std::time::{Duration, Instant};

/// Waits for `happened`, for as long as a busy machine may take, and panics
/// with `what` if it does not come.
#[track_caller]
pub fn wait_until(what: &str, mut happened: impl FnMut() -> bool) {
    let patience = Instant::now() + Duration::from_secs(600);
    while !happened() {
        assert!(Instant::now() < patience, "waited in vain for this: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
