//! From programs to executables, or to the compiler's errors.

use std::fmt;
use std::fs::{self, File};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::cargo;
use super::files::Files;
use super::package::{Copy, Package};
use super::source::Told;
use super::stacks::Known;
use crate::lent::Pool;
use crate::process::forks::Forks;
use crate::process::{self, Limits, Stdin};
use crate::program::Program;
use crate::wire;
use recording::session::Ending;

/// What cargo may use up: as good as anything.
const LIMITS: Limits<'static> = Limits {
    timeout: Duration::from_secs(24 * 3600),
    computes: None,
    progress: None,
    file: None,
    output: 64 << 20,
    stdin: Stdin::Empty,
};

/// A program, compiled for recording.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// What was compiled.
    pub program: Program,
    /// The text that was compiled.
    pub text: String,
    /// The executable. Whoever records next may put another one there.
    pub executable: PathBuf,
    /// Keeps the one that was compiled.
    pub(super) kept: Arc<File>,
    /// Its files.
    pub(super) files: Arc<Files>,
    /// Name and version of tokio.
    pub(super) runtime: String,
    /// Where it is run, if not where this process is.
    pub(super) folder: Option<PathBuf>,
    /// What is known of the executable from one run to the next.
    pub(super) known: Known,
    /// And of its text.
    pub(super) told: Told,
    /// Processes that fork for each run in an order, if there are to be any.
    pub(super) forks: Option<Pool<Forks>>,
    /// What is to be said of every recording of it.
    pub(super) notes: Vec<String>,
}

impl Compiled {
    /// The same for many runs in an order: their processes are forked from one that
    /// has begun. Its arguments stay as they are.
    #[must_use]
    pub fn forking(&self) -> Self {
        Compiled { forks: Some(Pool::default()), ..self.clone() }
    }

    /// The executable that was compiled, whatever is at its path by now.
    pub(super) fn kept(&self) -> PathBuf {
        format!("/proc/self/fd/{}", self.kept.as_raw_fd()).into()
    }

    /// Whether there is anything of the stand-in in it: the linker leaves out what
    /// nobody calls. None where that cannot be read.
    pub(super) fn has_stand_in(&self) -> Option<bool> {
        let name = wire::EVENTS.as_bytes();
        let bytes = fs::read(self.kept()).ok()?;
        Some(bytes.windows(name.len()).any(|window| window == name))
    }
}

/// Compiles all of `programs` in one go, in their order.
///
/// # Errors
///
/// All errors of the compiler in all programs, in the program's own file and
/// line; or why it could not be run.
pub fn compile(programs: &[Program]) -> Result<Vec<Compiled>> {
    if programs.is_empty() {
        // Nor is the package waited for, which others may be compiling.
        return Ok(Vec::new());
    }
    process::available()?;
    let mut package = Package::generate()?;
    let copies: Vec<Copy> =
        programs.iter().map(|program| package.add(program)).collect::<Result<_>>()?;
    let manifest = package.folder.join("Cargo.toml");
    if package.is_new {
        let fetched = cargo::fetch(&manifest);
        if fetched.is_err() {
            // So that it is asked for again.
            fs::remove_file(package.folder.join("Cargo.lock"))?;
        }
        fetched.context("tokio cannot be compiled for recording")?;
    }
    let target = package.folder.join("target");
    if !target.exists() {
        // A minute of silence needs a reason.
        eprintln!("{COMPILES_TOKIO}");
    }
    let mut command = cargo::cargo();
    command
        .args(["build", "--offline", "--quiet", "--message-format=json", "--manifest-path"])
        .arg(&manifest)
        .arg("--target-dir")
        .arg(&target)
        .args(copies.iter().flat_map(|copy| ["--bin", &copy.bin]))
        // What holds for the workspace's own code does not for a reader's.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        // What the optimiser does to a program is not the program's.
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "0");
    let built = process::run(command, &LIMITS).context("cargo compiles what is recorded")?;
    match built.ending {
        Ending::Exit(0) => {}
        Ending::Interrupted => bail!("interrupted"),
        _ => return Err(errors(&built.stdout, &built.stderr, programs, &copies).into()),
    }
    let compiled = programs.iter().zip(copies).map(|(program, copy)| {
        let executable = cargo::executable(&built.stdout, |target| target.name == copy.bin)
            .with_context(|| format!("cargo built no executable of {}", copy.bin))?;
        Ok(Compiled {
            program: program.clone(),
            text: copy.text,
            kept: keep(&executable)?,
            executable,
            files: Arc::new(Files::one(format!("src/bin/{}.rs", copy.bin))),
            runtime: package.runtime.clone(),
            folder: None,
            known: Known::default(),
            told: Told::default(),
            forks: None,
            notes: Vec::new(),
        })
    });
    compiled.collect()
}

/// Opens an executable, so that it stays what it is, whatever is compiled next.
pub(super) fn keep(executable: &Path) -> Result<Arc<File>> {
    let file = File::open(executable);
    file.map(Arc::new).with_context(|| format!("cannot open {}", executable.display()))
}

/// What the compiler says, in terms of the programs' own files.
fn errors(stdout: &[u8], stderr: &str, programs: &[Program], copies: &[Copy]) -> NotCompiled {
    let mut text = cargo::errors(stdout);
    if text.is_empty() {
        let stderr = stderr.trim_end();
        let text = format!("cargo cannot compile what is to be recorded:\n{stderr}");
        return NotCompiled { text, may_use: None };
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
    let may_use = asks_for_more(&text).then_some(ONLY);
    let text = format!("{} does not compile\n\n{}", which.join(", "), text.trim_end());
    NotCompiled { text, may_use }
}

/// Something does not compile.
#[derive(Debug)]
pub struct NotCompiled {
    /// What the compiler says.
    text: String,
    /// What a program may use, where this one may have asked for more.
    pub may_use: Option<&'static str>,
}

impl fmt::Display for NotCompiled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        self.may_use.map_or(Ok(()), |hint| write!(f, "\n\n{hint}"))
    }
}

impl std::error::Error for NotCompiled {}

/// What is said before tokio is compiled for recording.
pub const COMPILES_TOKIO: &str = "compiling tokio for recording, which is done once";

/// What a program can be compiled with.
const ONLY: &str = "a single file to be recorded may use std, tokio (with its feature \
                    `full`), futures and timed; in `trace FILE` also what goes with tokio most \
                    (anyhow, tokio_util, …) and the crates that it names itself: at its top, \
                    between two lines `---`, `[dependencies]` as in a Cargo.toml. A package \
                    with files and crates of its own is recorded by `trace --package DIR`";

/// Whether an error of the compiler may be about a crate, a module of its own
/// file or a part of tokio that is not there.
fn asks_for_more(errors: &str) -> bool {
    ["E0432", "E0433", "E0463", "E0583"].iter().any(|code| errors.contains(code))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::program::Options;

    /// Set where this test runs itself, in a folder with a configuration.
    const CONFIGURED: &str = "CONTEXT_SWITCH_TEST_CONFIGURED";

    #[test]
    fn a_program_has_its_lines_whatever_cargo_is_configured_to_do() {
        if std::env::var_os(CONFIGURED).is_some() {
            let program = Program::at(Path::new("configured.rs")).unwrap();
            let compiled = compile(&[program]).unwrap().remove(0);
            let recording = compiled.start(&Options::default()).unwrap().into_recording().unwrap();
            let json = serde_json::to_string(&recording.events).unwrap();
            assert!(json.contains("\"line\":3"), "{json}");
            return;
        }
        let rustc = Command::new("rustc").arg("-vV").output().unwrap();
        let said = String::from_utf8(rustc.stdout).unwrap();
        let host = said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(".cargo")).unwrap();
        let config = format!(
            "[build]\ntarget = \"{host}\"\n[profile.dev]\nstrip = true\nopt-level = 2\ndebug = 0\n"
        );
        std::fs::write(folder.path().join(".cargo/config.toml"), config).unwrap();
        let program = "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {\n    \
                       tokio::task::yield_now().await;\n}\n";
        std::fs::write(folder.path().join("configured.rs"), program).unwrap();
        let name =
            "rust::compile::tests::a_program_has_its_lines_whatever_cargo_is_configured_to_do";
        let mut itself = Command::new(std::env::current_exe().unwrap());
        itself.args(["--exact", name, "--nocapture"]).env(CONFIGURED, "1");
        let output = itself.current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
