//! Compiles other people's packages with the stand-in for tokio: this program,
//! called by cargo in the place of rustc (`RUSTC_WRAPPER`).
//!
//! Whatever depends on tokio is handed the stand-in under the name `tokio`,
//! which is compiled against the very tokio that the package has. So neither a
//! manifest nor a lock file is touched, and all crates agree about the types. A
//! dependency that needs what the stand-in lacks gets tokio itself: it works,
//! and its tasks are not recorded.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, ensure};

use super::package::{supported, workspace};

/// Names the folder for what is compiled; set where cargo calls this program.
pub(super) const FOLDER: &str = "CONTEXT_SWITCH_STAND_IN";

/// Within it: for each crate that got tokio itself an empty file of its name.
pub(super) const WITHOUT: &str = "without";

/// The features without which there is nothing to stand in for. None of them
/// needs a crate that tokio would not have without it.
const FEATURES: [&str; 4] = ["rt", "rt-multi-thread", "sync", "time"];

/// If this process was called in the place of rustc: calls it and gives the
/// status to exit with.
pub fn called() -> Option<i32> {
    let folder = PathBuf::from(std::env::var_os(FOLDER)?);
    Some(call(&folder).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        1
    }))
}

fn call(folder: &Path) -> Result<i32> {
    let mut args = std::env::args_os().skip(1);
    let rustc = Rustc(args.next().context("no compiler to call")?);
    let mut args: Vec<OsString> = args.collect();
    if is_tokio(&args) {
        let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
        supported(&version)?;
        for feature in FEATURES {
            args.extend(["--cfg".into(), format!("feature=\"{feature}\"").into()]);
        }
        let own = external(&args, "libc").map(|(_, path)| path);
        if let (Some(libc), Some(name)) = (own, extra_filename(&args)) {
            std::fs::create_dir_all(folder)?;
            std::fs::write(folder.join(format!("libtokio{name}.libc")), libc)?;
        }
        return Ok(code(rustc.status(&args)?));
    }
    let Some((at, tokio)) = external(&args, "tokio") else {
        return Ok(code(rustc.status(&args)?));
    };
    let libc = libc(folder, Path::new(&tokio))?;
    let stand_in = rustc.stand_in(folder, Path::new(&tokio), &libc)?;
    let file = match tokio.ends_with(".rmeta") {
        true => stand_in.join("librec_tokio.rmeta"),
        false => stand_in.join("librec_tokio.rlib"),
    };
    let mut swapped = args.clone();
    swapped[at] = format!("tokio={}", file.display()).into();
    for needed in [&stand_in, &beside(&libc)] {
        swapped.extend(["-L".into(), format!("dependency={}", needed.display()).into()]);
    }
    if std::env::var_os("CARGO_PRIMARY_PACKAGE").is_some() {
        return Ok(code(rustc.status(&swapped)?));
    }
    let output = rustc.command(&swapped).stderr(Stdio::piped()).output()?;
    if output.status.success() {
        std::io::Write::write_all(&mut std::io::stderr(), &output.stderr)?;
        return Ok(0);
    }
    let name = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    std::fs::create_dir_all(folder.join(WITHOUT))?;
    std::fs::write(folder.join(WITHOUT).join(name), &output.stderr)?;
    Ok(code(rustc.status(&args)?))
}

/// `libtokio-9b3…`
fn name(tokio: &Path) -> Result<&str> {
    tokio.file_stem().and_then(|name| name.to_str()).context("tokio's file has no name")
}

/// The folder of a file.
fn beside(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new(".")).to_owned()
}

/// The libc of this tokio, or, where it has none, the one kept for that.
fn libc(folder: &Path, tokio: &Path) -> Result<PathBuf> {
    let own = folder.join(format!("{}.libc", name(tokio)?));
    let file = if own.exists() { own } else { folder.join("libc") };
    let libc = std::fs::read_to_string(&file);
    libc.map(PathBuf::from).with_context(|| format!("cannot read {}", file.display()))
}

fn code(status: ExitStatus) -> i32 {
    status.code().unwrap_or(1)
}

/// The compiler.
struct Rustc(OsString);

impl Rustc {
    fn command(&self, args: &[OsString]) -> Command {
        let mut command = Command::new(&self.0);
        command.args(args).env_remove(FOLDER);
        command
    }

    fn status(&self, args: &[OsString]) -> Result<ExitStatus> {
        let status = self.command(args).status();
        status.with_context(|| format!("cannot start {}", self.0.display()))
    }

    /// The folder of the stand-in for `tokio`, compiled if it is not there yet.
    fn stand_in(&self, folder: &Path, tokio: &Path, libc: &Path) -> Result<PathBuf> {
        let name = name(tokio)?;
        let done = folder.join(name);
        if done.is_dir() {
            return Ok(done);
        }
        // Several crates may need it at once: each compiles it for itself, and
        // the first puts it in its place.
        let own = folder.join(format!("{name}.{}", std::process::id()));
        std::fs::create_dir_all(&own)?;
        let dependencies = |file: &Path| format!("dependency={}", beside(file).display());
        let status = Command::new(&self.0)
            .args(["--crate-name", "rec_tokio", "--edition", "2024", "--crate-type", "lib"])
            .args(["--emit", "metadata,link", "--cap-lints", "allow"])
            .args(["-C", "metadata=context_switch", "--out-dir"])
            .arg(&own)
            .args(["-L", &dependencies(tokio), "-L", &dependencies(libc)])
            .args(["--extern", &format!("real={}", tokio.display())])
            .args(["--extern", &format!("libc={}", libc.display())])
            .arg(workspace().join("crates/rec-tokio/src/lib.rs"))
            .env_remove(FOLDER)
            .status()?;
        ensure!(status.success(), "the stand-in for tokio does not compile with this package's");
        if std::fs::rename(&own, &done).is_err() {
            std::fs::remove_dir_all(&own)?;
        }
        Ok(done)
    }
}

fn is_tokio(args: &[OsString]) -> bool {
    args.windows(2).any(|pair| pair[0] == "--crate-name" && pair[1] == "tokio")
}

/// Where in `args` the crate `name` is given, and its file.
fn external(args: &[OsString], name: &str) -> Option<(usize, String)> {
    args.windows(2).enumerate().find_map(|(i, pair)| {
        let file = pair[1].to_str()?.strip_prefix(name)?.strip_prefix('=')?;
        (pair[0] == "--extern").then(|| (i + 1, file.to_owned()))
    })
}

/// `-9b3…`, what cargo adds to the name of the file that is written.
fn extra_filename(args: &[OsString]) -> Option<String> {
    args.iter().find_map(|arg| Some(arg.to_str()?.strip_prefix("extra-filename=")?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn a_crate_is_found_among_the_arguments() {
        let args =
            args("--crate-name hyper --extern tokio_util=a --extern tokio=deps/libtokio.rlib");
        assert_eq!(external(&args, "tokio"), Some((5, "deps/libtokio.rlib".to_owned())));
        assert_eq!(external(&args, "libc"), None);
        assert!(!is_tokio(&args));
    }

    #[test]
    fn tokio_itself_is_told_by_its_name() {
        let args = args("--crate-name tokio -C extra-filename=-12ab --extern libc=x");
        assert!(is_tokio(&args));
        assert_eq!(extra_filename(&args).as_deref(), Some("-12ab"));
    }
}
