//! The arguments.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use pages::place;
use trace::ending::{self, stop_on_request};

use crate::runs::Recorders;
use crate::{build, matrix, new, publish, read, record};

/// Context Switch: async programming for people who know asyncio and want tokio.
///
/// Without a command: builds the book, serves it on this machine and follows
/// every change of its sources.
#[derive(Debug, Parser)]
#[command(
    name = "cargo run --",
    bin_name = "cargo run --",
    version,
    args_conflicts_with_subcommands = true
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    read: read::Options,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the static site
    Build {
        /// Where to, instead of the folder that book.toml names
        #[arg(long, short, value_name = "DIR")]
        dest_dir: Option<PathBuf>,
    },
    /// Run the examples and let recordings and pages follow
    Record(record::Options),
    /// Show the context switches of a program of your own
    Trace(Box<trace::Options>),
    /// Run the programs on every Python, loop and tokio at hand, and compare
    Matrix(matrix::Options),
    /// Lay down an example in both languages, and a chapter that shows it
    New(new::Options),
    /// Check every link inside the site, and print those that lead elsewhere
    Links,
    /// Test everything, build the site, check it, and put it in its place
    Publish(publish::Options),
}

/// Runs the command that the process was called with.
pub fn main() -> ExitCode {
    ending::main(|| {
        let command =
            Cli::command().mut_subcommand("trace", |it| trace::command(it, "cargo run --"));
        run(Cli::from_arg_matches(&command.get_matches()).unwrap_or_else(|error| error.exit()))
    })
}

fn run(cli: Cli) -> Result<()> {
    match cli.command {
        None => read::read(&place::root()?, &cli.read),
        Some(Command::Build { dest_dir }) => {
            let root = place::root()?;
            eprintln!("building the book");
            let dest = build::build(&root, dest_dir)?;
            trace::say::print(dest.join("index.html").display())?;
            Ok(())
        }
        Some(Command::Record(options)) => {
            stop_on_request()?;
            let recorders = Recorders { says_progress: true, ..Recorders::default() };
            record::record(&place::root()?, &options, &recorders)
        }
        Some(Command::Matrix(options)) => {
            stop_on_request()?;
            matrix::matrix(&place::root()?, &options)
        }
        Some(Command::New(options)) => {
            stop_on_request()?;
            for file in new::new(&place::root()?, &options.name, &Recorders::default())? {
                trace::say::print(file.display())?;
            }
            eprintln!("change the programs, then `cargo run -- record {}`", options.name);
            Ok(())
        }
        Some(Command::Links) => {
            let addresses = publish::links(&place::root()?)?;
            let lines: String = addresses.iter().map(|address| format!("{address}\n")).collect();
            // A reader that has had enough, as `head` may have, is no error.
            let _ = io::stdout().write_all(lines.as_bytes());
            Ok(())
        }
        Some(Command::Publish(options)) => {
            let root = place::root()?;
            let chromium = publish::chromium::found()?;
            let checks = publish::checks::ALL;
            let runner = Recorders::default();
            let dest = publish::publish(&root, &options, checks, &runner, chromium.as_deref())?;
            trace::say::print(dest.join("index.html").display())?;
            Ok(())
        }
        // A program of the reader's own may lie anywhere.
        Some(Command::Trace(options)) => {
            stop_on_request()?;
            trace::trace(&options)
        }
    }
}
