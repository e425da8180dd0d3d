//! Compiles a program of a cargo package of the reader's own for recording,
//! with its own dependencies and its own tokio.
//!
//! cargo builds it as it would without us, but for [`super::wrapper`] in the
//! place of rustc and a target directory elsewhere: nothing is written into the
//! package's folder.
//!
//! | module | is |
//! |---|---|
//! | `complaint` | what is said when a package does not compile |
//! | `folder` | where packages are compiled |
//! | `lock` | the lock file, which is left as it is |

mod complaint;
mod folder;
mod lock;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use super::cargo::{Target, cargo, errors, executable};
use super::compile::{Compiled, keep};
use super::files::Files;
use super::home::home;
use super::source::Told;
use super::stacks::Known;
use super::wrapper::{FOLDER, SOURCE};
use complaint::complaint;
pub(super) use folder::sources;
use folder::{STAND_IN, prepare, without};
use lock::Lock;

use crate::process::is_interrupted;
use crate::program::Program;
use recording::event::Language;

/// A program of a cargo package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The folder of its `Cargo.toml`.
    pub folder: PathBuf,
    /// Which of its programs.
    pub which: Which,
    /// How cargo is to compile it: `--release`, `--features NAMES`, …
    pub how: Vec<String>,
}

/// One of a package's programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one that `cargo run` runs.
    Default,
    /// A binary.
    Bin(String),
    /// An example.
    Example(String),
    /// A file of tests; its tests run one after the other.
    Test(String),
    /// The unit tests of its library.
    UnitTests,
    /// The unit tests of a binary: of the one that there is, without a name.
    BinTests(Option<String>),
}

/// What `cargo metadata` says.
#[derive(Deserialize)]
struct Metadata {
    /// The folder that was asked for.
    #[serde(skip)]
    folder: PathBuf,
    packages: Vec<PackageData>,
    workspace_root: PathBuf,
    target_directory: PathBuf,
}

#[derive(Deserialize)]
struct PackageData {
    name: String,
    manifest_path: PathBuf,
    default_run: Option<String>,
    targets: Vec<Target>,
}

/// Compiles it; `wrapper` is an executable that begins with [`super::wrapper::called`].
///
/// # Errors
///
/// When there is no such package or program, its tokio cannot be recorded, or
/// it does not compile: with what cargo says.
pub fn compile(project: &Project, wrapper: &Path) -> Result<Compiled> {
    let metadata = Metadata::of(&project.folder)?;
    let (package, program) = choose(&metadata, &project.which)?;
    let (build, kind) = match &project.which {
        Which::Test(_) => ("test", "--test"),
        Which::UnitTests => ("test", "--lib"),
        Which::BinTests(_) => ("test", "--bin"),
        Which::Example(_) => ("build", "--example"),
        Which::Default | Which::Bin(_) => ("build", "--bin"),
    };
    let mut how = vec!["--package", &package.name, kind];
    // A package has one library at most, and cargo takes no name for it.
    how.extend((project.which != Which::UnitTests).then_some(program.name.as_str()));
    how.extend(project.how.iter().map(String::as_str));
    let built = Built::of(&metadata, build, &how, wrapper)?;
    let Output { status, .. } = &built.output;
    ensure!(status.success(), "{}", complaint(&metadata.folder, &built.output));
    built.program(program)
}

/// Compiles all examples of the package in `folder`: the name of each, and what
/// became of it.
///
/// # Errors
///
/// When there is no such package, or its tokio cannot be recorded.
pub fn examples(folder: &Path, wrapper: &Path) -> Result<Vec<(String, Result<Compiled>)>> {
    let metadata = Metadata::of(folder)?;
    let built = Built::of(&metadata, "build", &["--examples", "--keep-going"], wrapper)?;
    let targets = metadata.packages.iter().flat_map(|package| &package.targets);
    let examples = targets.filter(|target| target.kind.iter().any(|kind| kind == "example"));
    let why = || {
        let errors = errors(&built.output.stdout);
        let stderr = String::from_utf8_lossy(&built.output.stderr);
        let mut all = errors.lines().chain(stderr.lines());
        let first = all.find(|line| line.starts_with("error")).unwrap_or_default();
        format!("it does not compile: {first}")
    };
    let program = |target: &Target| built.program(target).with_context(why);
    Ok(examples.map(|target| (target.name.clone(), program(target))).collect())
}

/// What cargo made of a package.
struct Built<'a> {
    metadata: &'a Metadata,
    /// The target directory.
    target: PathBuf,
    output: Output,
    /// Name and version of its tokio.
    runtime: String,
}

impl<'a> Built<'a> {
    /// Lets cargo `build` it, or `test`.
    fn of(metadata: &'a Metadata, build: &str, how: &[&str], wrapper: &Path) -> Result<Self> {
        let mut lock = Lock::of(&metadata.workspace_root)?;
        let target = prepare(&metadata.workspace_root)?;
        let home = home()?;
        let run = |more: Option<&str>| {
            let mut command = cargo();
            command.args([build, "--message-format=json", "--manifest-path"]);
            command.arg(metadata.folder.join("Cargo.toml")).args(how).args(more);
            command.args((build == "test").then_some("--no-run"));
            command.arg("--target-dir").arg(&target);
            // Where its own configuration of cargo holds.
            command.current_dir(&metadata.folder);
            command.env("RUSTC_WRAPPER", wrapper).env(FOLDER, target.join(STAND_IN));
            command.env(SOURCE, &home.stand_in);
            command.output().context("cannot start cargo, which compiles the package")
        };
        let mut output = run(lock.is_there().then_some("--locked"))?;
        if lock.is_there() && lock::is_out_of_date(&output) {
            // cargo would bring it up to date without a word.
            lock.may_change();
            output = run(None)?;
        }
        let runtime = lock.tokio();
        drop(lock);
        ensure!(!is_interrupted(), "interrupted");
        Ok(Built { metadata, target, output, runtime: runtime? })
    }

    /// One of its programs.
    fn program(&self, program: &Target) -> Result<Compiled> {
        let executable = executable(&self.output.stdout, |target| target == program)
            .with_context(|| format!("cargo built no executable of {}", program.name))?;
        Ok(Compiled {
            program: Program {
                name: program.name.clone(),
                path: program.src_path.clone(),
                language: Language::Rust,
                args: Vec::new(),
            },
            text: lock::read(&program.src_path)?,
            files: Arc::new(files(self.metadata, &program.src_path)),
            kept: keep(&executable)?,
            executable,
            runtime: self.runtime.clone(),
            folder: Some(self.metadata.folder.clone()),
            known: Known::default(),
            told: Told::default(),
            forks: None,
            notes: without(&self.target),
        })
    }
}

impl Metadata {
    /// What cargo says of the package in `folder`.
    fn of(folder: &Path) -> Result<Self> {
        let folder = fs::canonicalize(folder)
            .with_context(|| format!("there is no folder {}", folder.display()))?;
        let manifest = folder.join("Cargo.toml");
        ensure!(manifest.is_file(), "{} is not a cargo package: no Cargo.toml", folder.display());
        let mut command = cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"]);
        let output = command.arg(&manifest).output().context("cannot start cargo")?;
        if !output.status.success() {
            let says = String::from_utf8_lossy(&output.stderr);
            bail!("{}: cargo cannot read it:\n{}", manifest.display(), says.trim_end());
        }
        let metadata =
            serde_json::from_slice(&output.stdout).context("what `cargo metadata` says")?;
        Ok(Metadata { folder, ..metadata })
    }
}

/// The program to be recorded, and its package.
fn choose<'a>(metadata: &'a Metadata, which: &Which) -> Result<(&'a PackageData, &'a Target)> {
    let folder = metadata.folder.display();
    let manifest = metadata.folder.join("Cargo.toml");
    let (kind, name) = match which {
        Which::Default | Which::BinTests(None) => ("bin", None),
        Which::UnitTests => ("lib", None),
        Which::Bin(name) | Which::BinTests(Some(name)) => ("bin", Some(name)),
        Which::Example(name) => ("example", Some(name)),
        Which::Test(name) => ("test", Some(name)),
    };
    // In a workspace without a package of its own, any member's will do.
    let own: Vec<&PackageData> =
        metadata.packages.iter().filter(|package| package.manifest_path == manifest).collect();
    let packages = if own.is_empty() { metadata.packages.iter().collect() } else { own };
    let all: Vec<(&PackageData, &Target)> = packages
        .into_iter()
        .flat_map(|package| package.targets.iter().map(move |target| (package, target)))
        .filter(|(_, target)| target.kind.iter().any(|other| other == kind))
        .collect();
    let names: Vec<&str> = all.iter().map(|(_, target)| target.name.as_str()).collect();
    let known = match names.is_empty() {
        true => format!("it has no {kind}"),
        false => format!("it has: {}", names.join(", ")),
    };
    let wanted = |(package, target): &&(&PackageData, &Target)| match name {
        Some(name) => target.name == *name,
        None => all.len() == 1 || package.default_run.as_ref() == Some(&target.name),
    };
    let found: Vec<_> = all.iter().filter(wanted).collect();
    match (found.as_slice(), name) {
        ([one], _) => Ok(**one),
        ([], Some(name)) => bail!("{folder} has no {kind} `{name}`; {known}"),
        ([_, _, ..], Some(name)) => bail!("{folder}: several packages have a {kind} `{name}`"),
        ([], None) if kind == "lib" => bail!("{folder} has no library; {known}"),
        (_, None) if kind == "lib" => {
            bail!("{folder}: several packages have a library: name the folder of one")
        }
        (_, None) => {
            bail!("{folder}: choose with --bin, --example, --test or --lib; of bins {known}")
        }
    }
}

/// Crates of tokio's own: what waits in these waits for something of theirs, also
/// where they are in the program's workspace.
const TOKIOS: [&str; 3] = ["tokio", "tokio-stream", "tokio-util"];

/// The files of a program: its main one, and all that the workspace has.
fn files(metadata: &Metadata, main: &Path) -> Files {
    let mut all: BTreeSet<PathBuf> = BTreeSet::from([main.to_owned()]);
    for package in &metadata.packages {
        let folder = package.manifest_path.parent().unwrap_or(Path::new("/"));
        let is_asked_for = folder == metadata.folder && package.name != "tokio";
        if TOKIOS.contains(&package.name.as_str()) && !is_asked_for {
            continue;
        }
        all.extend(sources(folder, &metadata.target_directory));
    }
    let all = all.into_iter().collect();
    Files::of_package(main, &metadata.folder, &metadata.workspace_root, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tokio_in_the_same_workspace_is_not_the_program() {
        let root = tempfile::tempdir().unwrap();
        let package = |name: &str, file: &str| {
            let folder = root.path().join(name);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(file), "").unwrap();
            let manifest_path = folder.join("Cargo.toml");
            PackageData { name: name.into(), manifest_path, default_run: None, targets: Vec::new() }
        };
        let mut metadata = Metadata {
            folder: root.path().join("app"),
            packages: [
                ("app", "main.rs"),
                ("tokio", "a.rs"),
                ("tokio-util", "a.rs"),
                ("own", "a.rs"),
            ]
            .map(|(name, file)| package(name, file))
            .into(),
            workspace_root: root.path().into(),
            target_directory: root.path().join("target"),
        };
        let mut lines = |asked: &str, main: &str| {
            metadata.folder = root.path().join(asked);
            let files = files(&metadata, &root.path().join(main));
            let all = ["app/main.rs", "tokio/a.rs", "tokio-util/a.rs", "own/a.rs"];
            all.map(|name| files.line(name, 6).map_or(String::new(), |line| line.words()))
        };
        assert_eq!(lines("app", "app/main.rs"), ["line 6", "", "", "own/a.rs:6"]);
        assert_eq!(lines("tokio-util", "own/a.rs"), ["app/main.rs:6", "", "a.rs:6", "line 6"]);
        assert_eq!(lines("tokio", "own/a.rs"), ["app/main.rs:6", "", "", "line 6"]);
    }
}
