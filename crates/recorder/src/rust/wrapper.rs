//! Compiles other people's packages with the stand-in for tokio: this program,
//! called by cargo in the place of rustc (`RUSTC_WRAPPER`).
//!
//! Whatever depends on tokio is handed the stand-in under the name `tokio`,
//! which is compiled against the very tokio that the package has. So neither a
//! manifest nor a lock file is touched, and all crates agree about the types. A
//! dependency that needs what the stand-in lacks gets tokio itself: it works,
//! and its tasks are not recorded.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, ensure};

use super::cargo::{Diagnostic, lines};
use super::versions::{cfgs, is_supported, unstable};

/// Names the folder for what is compiled; set where cargo calls this program.
pub(super) const FOLDER: &str = "CONTEXT_SWITCH_STAND_IN";

/// Names the folder of the stand-in's sources, in the same way.
pub(super) const SOURCE: &str = "CONTEXT_SWITCH_SOURCE";

/// Within [`FOLDER`]: for each crate that got tokio itself an empty file of its name.
pub(super) const WITHOUT: &str = "without";

/// The extension of the file of each tokio that the stand-in stands in for: its
/// version, its libc, if it has one, and [`IO`], if that holds, a line each.
const RECORDED: &str = "recorded";

/// The extension of the file that names the `bytes` of each tokio that has its
/// feature `io-util`.
const BYTES: &str = "bytes";

/// Of the stand-in, where its tokio has a driver for input and output.
const IO: &str = "io-driver";

/// The features that bring it.
const WITH_IO: [&str; 3] = ["net", "process", "signal"];

/// Stands in the folder of a stand-in that is compiled, and names its libc's.
const DONE: &str = "compiled";

/// The features without which there is nothing to stand in for. None of them
/// needs a crate that tokio would not have without it.
const FEATURES: [&str; 5] = ["rt", "rt-multi-thread", "sync", "test-util", "time"];

/// The features of tokio that without `tokio_unstable` do nothing, and with it need
/// crates that cargo then does not build.
const IDLE: [&str; 2] = ["tracing", "io-uring"];

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
        // Beside the one that is recorded there may be one of long ago.
        if is_supported(&version) {
            let unstable = unstable(&version);
            if !unstable.is_empty() && !is_unstable(&args) {
                args = without_idle(&args);
                args.extend(unstable.iter().map(OsString::from));
            }
            for feature in FEATURES {
                args.extend(["--cfg".into(), format!("feature=\"{feature}\"").into()]);
            }
            let libc = externals(&args).find(|(_, name, _)| *name == "libc");
            if let Some(name) = extra_filename(&args) {
                std::fs::create_dir_all(folder)?;
                if let Some(bytes) = bytes_of_io_util(&args) {
                    std::fs::write(folder.join(format!("libtokio{name}.{BYTES}")), bytes)?;
                }
                let libc = libc.map_or("", |(_, _, file)| file);
                let io = if has_io(&args) { IO } else { "" };
                let text = format!("{version}\n{libc}\n{io}");
                std::fs::write(folder.join(format!("libtokio{name}.{RECORDED}")), text)?;
            }
        }
        return Ok(code(rustc.status(&args)?));
    }
    let tokio = externals(&args).find(|(_, _, file)| is_recorded(folder, Path::new(file)));
    let Some((at, name, tokio)) = tokio else {
        // What it depends on may have been handed a stand-in all the same.
        let args = [args, stand_ins(folder)?].concat();
        return Ok(code(rustc.status(&args)?));
    };
    let stand_in = rustc.stand_in(folder, Path::new(tokio), &args)?;
    let file = match tokio.ends_with(".rmeta") {
        true => stand_in.join("librec_tokio.rmeta"),
        false => stand_in.join("librec_tokio.rlib"),
    };
    let mut swapped = args.clone();
    swapped[at] = format!("{name}={}", file.display()).into();
    swapped.extend(stand_ins(folder)?);
    if std::env::var_os("CARGO_PRIMARY_PACKAGE").is_some() {
        return Ok(code(rustc.status(&swapped)?));
    }
    let output = rustc.command(&swapped).stderr(Stdio::piped()).output()?;
    if output.status.success() || !is_of_the_source(&output.stderr) {
        std::io::Write::write_all(&mut std::io::stderr(), &output.stderr)?;
        return Ok(code(output.status));
    }
    let name = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    std::fs::create_dir_all(folder.join(WITHOUT))?;
    std::fs::write(folder.join(WITHOUT).join(name), &output.stderr)?;
    let args = [args, stand_ins(folder)?].concat();
    Ok(code(rustc.status(&args)?))
}

/// Whether what rustc wrote, a JSON object a line, has an error at some place of the
/// source: not where the disk is full, say, with which a crate is as good as before.
fn is_of_the_source(stderr: &[u8]) -> bool {
    let said: Vec<Diagnostic> = lines(stderr).collect();
    said.iter().any(|said| said.level == "error" && !said.spans.is_empty())
}

/// `-L dependency=FOLDER`
fn search(folder: &Path) -> [OsString; 2] {
    ["-L".into(), format!("dependency={}", folder.display()).into()]
}

/// Where the compiler finds the stand-ins that are compiled by now, and their libc.
fn stand_ins(folder: &Path) -> Result<Vec<OsString>> {
    let mut folders = BTreeSet::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry?.path();
        if let Ok(libc) = std::fs::read_to_string(path.join(DONE)) {
            folders.extend([path, PathBuf::from(libc)]);
        }
    }
    Ok(folders.iter().flat_map(|folder| search(folder)).collect())
}

/// Whether this file is a tokio that the stand-in stands in for, whatever the
/// crate that needs it calls it.
fn is_recorded(folder: &Path, file: &Path) -> bool {
    name(file).is_ok_and(|name| {
        name.starts_with("libtokio-") && folder.join(format!("{name}.{RECORDED}")).exists()
    })
}

/// `libtokio-9b3…`
fn name(tokio: &Path) -> Result<&str> {
    tokio.file_stem().and_then(|name| name.to_str()).context("tokio's file has no name")
}

/// The folder of a file.
fn beside(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new(".")).to_owned()
}

/// What is known of a tokio.
struct Recorded {
    version: String,
    /// Its libc, or, where it has none, the one kept for that.
    libc: PathBuf,
    has_io: bool,
}

fn recorded(folder: &Path, tokio: &Path) -> Result<Recorded> {
    let read = |file: PathBuf| {
        std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
    };
    let own = read(folder.join(format!("{}.{RECORDED}", name(tokio)?)))?;
    let mut own = own.lines().map(str::to_owned);
    let version = own.next().context("the version of tokio is not known")?;
    let libc = match own.next().filter(|libc| !libc.is_empty()) {
        Some(libc) => libc,
        None => read(folder.join("libc"))?,
    };
    Ok(Recorded { version, libc: libc.into(), has_io: own.next().is_some_and(|io| io == IO) })
}

fn code(status: ExitStatus) -> i32 {
    status.code().unwrap_or(1)
}

/// The compiler.
struct Rustc(OsString);

impl Rustc {
    fn command(&self, args: &[OsString]) -> Command {
        let mut command = Command::new(&self.0);
        command.args(args).env_remove(FOLDER).env_remove(SOURCE);
        command
    }

    fn status(&self, args: &[OsString]) -> Result<ExitStatus> {
        let status = self.command(args).status();
        status.with_context(|| format!("cannot start {}", self.0.display()))
    }

    /// The folder of the stand-in for `tokio`, compiled if it is not there yet
    /// as the crate is that is compiled with these `args`.
    fn stand_in(&self, folder: &Path, tokio: &Path, args: &[OsString]) -> Result<PathBuf> {
        let name = name(tokio)?;
        let done = folder.join(name);
        if done.join(DONE).exists() {
            return Ok(done);
        }
        let Recorded { version, libc, has_io } = recorded(folder, tokio)?;
        let source = std::env::var_os(SOURCE).map(PathBuf::from);
        let source = source.with_context(|| format!("{SOURCE} is not set"))?;
        // Several crates may need it at once: each compiles it for itself, and
        // the first puts it in its place.
        let own = folder.join(format!("{name}.{}", std::process::id()));
        std::fs::create_dir_all(&own)?;
        let dependencies = |file: &Path| format!("dependency={}", beside(file).display());
        let status = Command::new(&self.0)
            .args(["--crate-name", "rec_tokio", "--edition", "2024", "--crate-type", "lib"])
            .args(["--emit", "metadata,link", "--cap-lints", "allow"])
            .args(["-C", &format!("metadata=context_switch{name}"), "--out-dir"])
            .arg(&own)
            .args(shared(args))
            .args(cfgs(&version))
            .args(["-L", &dependencies(tokio), "-L", &dependencies(&libc)])
            .args(["--extern", &format!("real={}", tokio.display())])
            .args(["--extern", &format!("libc={}", libc.display())])
            .args(io_util(folder, name)?)
            .args(
                has_io
                    .then_some(["--cfg".to_owned(), format!("feature=\"{IO}\"")])
                    .into_iter()
                    .flatten(),
            )
            .arg(source.join("src/lib.rs"))
            .env_remove(FOLDER)
            .env_remove(SOURCE)
            .status()?;
        ensure!(
            status.success(),
            "the stand-in for tokio does not compile with tokio {version} of this package"
        );
        std::fs::write(own.join(DONE), beside(&libc).as_os_str().as_encoded_bytes())?;
        if std::fs::rename(&own, &done).is_err() {
            std::fs::remove_dir_all(&own)?;
        }
        Ok(done)
    }
}

/// The file of the `bytes` that a tokio is compiled with, if its extension traits
/// for reading and writing are wanted.
fn bytes_of_io_util(args: &[OsString]) -> Option<&str> {
    let is_wanted = args.iter().any(|arg| arg == "feature=\"io-util\"");
    let bytes = externals(args).find(|(_, name, _)| *name == "bytes")?;
    is_wanted.then_some(bytes.2)
}

/// Whether tokio is compiled with a feature that needs its driver for input and
/// output. Up to 1.53 a builder without one cannot be asked about it.
fn has_io(args: &[OsString]) -> bool {
    let features = WITH_IO.map(|feature| format!("feature=\"{feature}\""));
    args.iter().any(|arg| features.iter().any(|feature| arg == feature.as_str()))
}

/// What the stand-in is compiled with to have these traits too.
fn io_util(folder: &Path, name: &str) -> Result<Vec<OsString>> {
    let path = folder.join(format!("{name}.{BYTES}"));
    if !path.exists() {
        return Ok(Vec::new());
    }
    let bytes = std::fs::read_to_string(path)?;
    let search = format!("dependency={}", beside(Path::new(&bytes)).display());
    let given = format!("bytes={bytes}");
    Ok(["--cfg", "feature=\"io-util\"", "-L", &search, "--extern", &given].map(Into::into).into())
}

fn is_tokio(args: &[OsString]) -> bool {
    args.windows(2).any(|pair| pair[0] == "--crate-name" && pair[1] == "tokio")
}

fn is_unstable(args: &[OsString]) -> bool {
    args.iter().any(|arg| arg == "tokio_unstable")
}

/// The same without `--cfg` for what is [`IDLE`].
fn without_idle(args: &[OsString]) -> Vec<OsString> {
    let idle = IDLE.map(|feature| format!("feature=\"{feature}\""));
    let is_idle = |arg: &OsString| idle.iter().any(|feature| arg == feature.as_str());
    let flag = |at: usize| args.get(at + 1).is_some_and(is_idle) && args[at] == "--cfg";
    let kept = args.iter().enumerate();
    kept.filter(|(at, arg)| !flag(*at) && !is_idle(arg)).map(|(_, arg)| arg.clone()).collect()
}

/// The crates that are given, each with its place in `args`, its name and its
/// file: `--extern tokio=FILE`, `--extern priv,noprelude:tokio=FILE`.
fn externals(args: &[OsString]) -> impl Iterator<Item = (usize, &str, &str)> {
    args.windows(2).enumerate().filter(|(_, pair)| pair[0] == "--extern").filter_map(|(i, pair)| {
        let (name, file) = pair[1].to_str()?.split_once('=')?;
        Some((i + 1, name, file))
    })
}

/// What has to be the same for all crates of a program: the target, what a
/// panic does, the flags that tokio itself asks about.
fn shared(args: &[OsString]) -> Vec<OsString> {
    const CODEGEN: [&str; 4] = ["panic=", "target-cpu=", "target-feature=", "opt-level="];
    let mut shared = Vec::new();
    for pair in args.windows(2) {
        let (flag, value) = (&pair[0], pair[1].to_string_lossy());
        let is_shared = match flag.to_str() {
            Some("--target") => true,
            Some("--cfg") => value.starts_with("tokio_"),
            Some("-C") => CODEGEN.iter().any(|name| value.starts_with(name)),
            _ => false,
        };
        if is_shared {
            shared.extend([flag.clone(), pair[1].clone()]);
        }
    }
    shared
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
            args("--crate-name hyper --extern tokio_util=a --extern priv:tk=deps/libtokio-1.rlib");
        let all: Vec<_> = externals(&args).collect();
        assert_eq!(all, [(3, "tokio_util", "a"), (5, "priv:tk", "deps/libtokio-1.rlib")]);
        assert!(!is_tokio(&args));
    }

    #[test]
    fn a_crate_goes_without_the_stand_in_only_for_what_its_source_has() {
        let said = |level: &str, spans: &str| {
            let line = format!("{{\"level\":\"{level}\",\"spans\":[{spans}],\"rendered\":null}}");
            let artifact = "{\"$message_type\":\"artifact\",\"artifact\":\"a.d\"}";
            format!("{artifact}\n{line}\n").into_bytes()
        };
        let span = "{\"file_name\":\"src/lib.rs\",\"line_start\":3}";
        assert!(is_of_the_source(&said("error", span)));
        assert!(!is_of_the_source(&said("error", "")), "no space left on device");
        assert!(!is_of_the_source(&said("warning", span)));
    }

    #[test]
    fn a_tokio_is_told_by_its_file_whatever_it_is_called() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(format!("libtokio-1.{RECORDED}")), "").unwrap();
        let is = |file: &str| is_recorded(folder.path(), Path::new(file));
        assert!(is("deps/libtokio-1.rlib") && is("deps/libtokio-1.rmeta"));
        assert!(!is("deps/libtokio-2.rlib") && !is("deps/libtokio_util-1.rlib"));
    }

    #[test]
    fn what_all_crates_of_a_program_share_is_handed_on() {
        let args = args(
            "--crate-name a --cfg tokio_unstable --cfg feature=\"x\" -C panic=abort -C metadata=1",
        );
        assert_eq!(shared(&args), ["--cfg", "tokio_unstable", "-C", "panic=abort"]);
    }

    #[test]
    fn the_traits_for_reading_need_the_very_bytes_of_tokio() {
        let with =
            |features: &str| args(&format!("--crate-name tokio {features} --extern bytes=b.rmeta"));
        assert_eq!(bytes_of_io_util(&with("--cfg feature=\"io-util\"")), Some("b.rmeta"));
        assert_eq!(bytes_of_io_util(&with("--cfg feature=\"net\"")), None);
        let folder = tempfile::tempdir().unwrap();
        assert!(io_util(folder.path(), "libtokio-1").unwrap().is_empty());
        std::fs::write(folder.path().join(format!("libtokio-1.{BYTES}")), "deps/b.rmeta").unwrap();
        let given = io_util(folder.path(), "libtokio-1").unwrap();
        assert!(given.iter().any(|arg| arg == "bytes=deps/b.rmeta"), "{given:?}");
    }

    #[test]
    fn what_is_known_of_a_tokio_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("libc"), "kept/liblibc.rlib").unwrap();
        for (text, libc, io) in [
            ("1.47.1\nown/liblibc.rlib\nio-driver", "own/liblibc.rlib", true),
            ("1.47.1\n\n", "kept/liblibc.rlib", false),
        ] {
            std::fs::write(folder.path().join(format!("libtokio-1.{RECORDED}")), text).unwrap();
            let found = recorded(folder.path(), Path::new("libtokio-1.rlib")).unwrap();
            assert_eq!((found.version.as_str(), found.has_io), ("1.47.1", io));
            assert_eq!(found.libc, Path::new(libc));
        }
        assert!(has_io(&args("--crate-name tokio --cfg feature=\"signal\"")));
        assert!(!has_io(&args("--crate-name tokio --cfg feature=\"time\"")));
    }

    #[test]
    fn tokio_itself_is_told_by_its_name() {
        let args = args("--crate-name tokio -C extra-filename=-12ab --extern libc=x");
        assert!(is_tokio(&args));
        assert_eq!(extra_filename(&args).as_deref(), Some("-12ab"));
    }
}
