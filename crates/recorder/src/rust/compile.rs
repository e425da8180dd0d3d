//! From programs to executables, or to the compiler's errors.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::package::{Copy, Package};
use crate::session::Program;

/// A program, compiled for recording.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// What was compiled.
    pub program: Program,
    /// The text that was compiled.
    pub text: String,
    /// The executable.
    pub executable: PathBuf,
    /// The file that the executable's debug information calls the program's:
    /// the end of its path.
    pub(super) file: String,
    /// Name and version of tokio.
    pub(super) runtime: String,
}

/// Compiles all of `programs` in one go, in their order.
///
/// # Errors
///
/// All errors of the compiler in all programs, in the program's own file and
/// line; or why it could not be run.
pub fn compile(programs: &[Program]) -> Result<Vec<Compiled>> {
    let package = Package::generate()?;
    let copies: Vec<Copy> =
        programs.iter().map(|program| package.add(program)).collect::<Result<_>>()?;
    if programs.is_empty() {
        return Ok(Vec::new());
    }
    let target = package.folder.join("target");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["build", "--offline", "--quiet", "--message-format=json", "--manifest-path"])
        .arg(package.folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .args(copies.iter().flat_map(|copy| ["--bin", &copy.bin]))
        // What holds for the workspace's own code does not for a reader's.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
        .stdin(Stdio::null());
    let output = command.output().context("cannot start cargo, which compiles what is recorded")?;
    if !output.status.success() {
        bail!("{}", errors(&output.stdout, &output.stderr, programs, &copies));
    }
    let compiled = programs.iter().zip(copies).map(|(program, copy)| Compiled {
        program: program.clone(),
        text: copy.text,
        executable: target.join("debug").join(&copy.bin),
        file: format!("src/bin/{}.rs", copy.bin),
        runtime: package.runtime.clone(),
    });
    Ok(compiled.collect())
}

/// A line of cargo's.
#[derive(Deserialize)]
struct Message {
    message: Option<Diagnostic>,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
}

/// What the compiler says, in terms of the programs' own files.
fn errors(stdout: &[u8], stderr: &[u8], programs: &[Program], copies: &[Copy]) -> String {
    let mut text = String::new();
    for line in String::from_utf8_lossy(stdout).lines() {
        let Ok(Message { message: Some(message) }) = serde_json::from_str(line) else { continue };
        if message.level.starts_with("error") {
            text += message.rendered.as_deref().unwrap_or_default();
        }
    }
    if text.is_empty() {
        let said = String::from_utf8_lossy(stderr);
        return format!("cargo cannot compile what is to be recorded:\n{}", said.trim_end());
    }
    for (program, copy) in programs.iter().zip(copies) {
        let path = program.path.display().to_string();
        text = text
            .replace(&format!("src/bin/{}.rs", copy.bin), &path)
            .replace(&copy.bin.replace('-', "_"), &program.name)
            .replace(&copy.bin, &program.name);
    }
    let which: Vec<String> = match programs {
        [program] => vec![program.path.display().to_string()],
        _ => vec!["the programs".to_owned()],
    };
    format!("{} does not compile\n\n{}", which.join(", "), text.trim_end())
}
