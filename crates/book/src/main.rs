//! The command line of Context Switch; `book::cli` has all of it.

use std::process::ExitCode;

fn main() -> ExitCode {
    book::cli::main()
}
