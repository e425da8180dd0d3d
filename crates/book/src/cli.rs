//! The arguments, and how a command ends: results on stdout, all else on
//! stderr, status 0 only if everything went well.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Context Switch: async programming for people who know asyncio and want tokio.
#[derive(Debug, Parser)]
#[command(name = "cargo run --", version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {}

/// Runs the command that the process was called with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result: anyhow::Result<()> = match cli.command {
        None => Ok(()),
        Some(command) => match command {},
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
