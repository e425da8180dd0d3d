//! What keeps a site from being published.

use std::fmt::Display;

use anyhow::{Result, ensure};

/// What is wrong: said as soon as it is found, and all of it at the end.
#[derive(Debug, Default)]
pub struct Failures(Vec<String>);

impl Failures {
    /// One more.
    pub fn add(&mut self, why: impl Display) {
        let why = why.to_string();
        eprintln!("failed: {why}");
        self.0.push(why);
    }

    /// # Errors
    ///
    /// If there are any.
    pub(super) fn none(self) -> Result<()> {
        let count = recording::words::count(self.0.len(), "failure");
        let all = self.0.join("\n- ");
        ensure!(self.0.is_empty(), "nothing was published, because of {count}:\n- {all}");
        Ok(())
    }
}
