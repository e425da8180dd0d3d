//! What is said when a package does not compile.

use std::path::Path;
use std::process::Output;

use super::super::cargo::errors;

/// What the compiler says, or cargo, where it does not come to compiling.
pub(super) fn complaint(folder: &Path, output: &Output) -> String {
    let mut says = errors(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    if says.is_empty() {
        says = stderr.clone().into_owned();
    }
    let folder = folder.display();
    let hint = if ["failed to download", "resolve host", "connect to", "spurious network error"]
        .iter()
        .any(|part| stderr.contains(part))
    {
        "\nCrates are missing: run `cargo fetch` in its folder while there is a network."
    } else {
        ""
    };
    format!("{folder} does not compile for recording\n\n{}{hint}", says.trim_end())
}
