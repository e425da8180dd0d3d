//! `cargo context-switch`: cargo calls this with its own arguments, of which the
//! first is `context-switch`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|first| first == "context-switch") {
        arguments.remove(1);
    }
    context_switch::main("cargo context-switch", arguments)
}
