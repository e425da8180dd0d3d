//! The command that is installed: `context-switch trace`, from any folder, without
//! a clone.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`carried`] | what it has inside, and puts where it can be compiled |
//! | [`cache`] | the folder for that, and for what was compiled |
//!
//! What `trace` does, and how, is in the crate [`trace`].

pub mod cache;
pub mod carried;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use trace::ending;

use cache::{Cache, Limit};

/// Shows which task has the thread, and when, in a tokio or asyncio program.
///
/// The program is run as it is, on a virtual clock. What is wrong with the run
/// comes first: a thread that was held, a deadlock, a task that was forgotten.
/// Then its context switches, as a table, a sequence diagram or a page.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, subcommand_required = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Record a program and show its context switches
    Trace(Box<trace::Options>),
    /// Remove what was compiled for recording
    ///
    /// It is kept in the user's folder for such files, so that the next trace
    /// begins at once, up to CONTEXT_SWITCH_CACHE_SIZE: 5G, if that is not set.
    /// What was used least lately goes first.
    Clean,
}

/// Runs the command, which is called by this `name`.
pub fn main(name: &'static str, arguments: Vec<OsString>) -> ExitCode {
    ending::main(|| {
        let command = Cli::command().name(name).bin_name(name);
        let command = command.mut_subcommand("trace", |it| trace::command(it, name));
        let matches = command.get_matches_from(arguments);
        run(Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit()))
    })
}

fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Command::Trace(options) => {
            ending::stop_on_request()?;
            if !options.is_compiled() {
                return trace::trace(&options);
            }
            let limit = Limit::asked()?;
            let cache = Cache::of_user()?;
            let used = cache.in_use()?;
            recorder::rust::home::settle(carried::unpack(cache.folder())?);
            let traced = trace::trace(&options);
            drop(used);
            cache.keep_within(limit);
            traced
        }
        Command::Clean => {
            let cache = Cache::of_user()?;
            let bytes = cache.clean()?;
            trace::say::print(format_args!(
                "{}: {} removed",
                cache.folder().display(),
                cache::size(bytes)
            ))
        }
    }
}
