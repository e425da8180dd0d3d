//! `context-switch`; `context_switch::main` has all of it.

use std::process::ExitCode;

fn main() -> ExitCode {
    context_switch::main("context-switch", std::env::args_os().collect())
}
