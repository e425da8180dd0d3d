//! How a command ends: results on stdout, all else on stderr, status 0 only if
//! everything went well.

use std::process::ExitCode;

use anyhow::{Context, Result};
use recorder::process;
use recorder::rust::wrapper;

/// What a shell says of a command that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

/// Runs `command`, if the process was not called in the place of rustc: that has
/// to be asked before the arguments are read, which would be rustc's.
pub fn main(command: impl FnOnce() -> Result<()>) -> ExitCode {
    if let Some(status) = wrapper::called() {
        return u8::try_from(status).map_or(ExitCode::FAILURE, ExitCode::from);
    }
    match command() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            match process::is_interrupted() {
                true => INTERRUPTED.into(),
                false => ExitCode::FAILURE,
            }
        }
    }
}

/// From here on Ctrl-C, and a polite kill, end what is being compiled and
/// recorded, so that the command ends by itself and nothing is left behind. The
/// second one does not wait for that.
///
/// # Errors
///
/// When nobody can listen for them.
pub fn stop_on_request() -> Result<()> {
    ctrlc::set_handler(|| {
        if process::interrupt() {
            std::process::exit(INTERRUPTED.into());
        }
    })
    .context("cannot listen for Ctrl-C")
}
