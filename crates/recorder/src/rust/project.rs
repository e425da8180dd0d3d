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
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use super::cargo::{Target, cargo, executable};
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
    /// The unit tests of a binary.
    BinTests(String),
}

/// What `cargo metadata` says.
#[derive(Deserialize)]
struct Metadata {
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
    let folder = fs::canonicalize(&project.folder)
        .with_context(|| format!("there is no folder {}", project.folder.display()))?;
    let manifest = folder.join("Cargo.toml");
    ensure!(manifest.is_file(), "{} is not a cargo package: no Cargo.toml", folder.display());
    let metadata = metadata(&manifest)?;
    let (package, program) = choose(&metadata, &manifest, &project.which)?;
    let lock = Lock::of(&metadata.workspace_root)?;
    let target = prepare(&metadata.workspace_root)?;
    let (build, kind) = match &project.which {
        Which::Test(_) => (&["test", "--no-run"][..], "--test"),
        Which::UnitTests => (&["test", "--no-run"][..], "--lib"),
        Which::BinTests(_) => (&["test", "--no-run"][..], "--bin"),
        Which::Example(_) => (&["build"][..], "--example"),
        Which::Default | Which::Bin(_) => (&["build"][..], "--bin"),
    };
    let mut command = cargo();
    command.args(build).args(["--message-format=json", "--manifest-path"]).arg(&manifest);
    command.args(["--package", &package.name, kind]);
    // A package has one library at most, and cargo takes no name for it.
    command.args((project.which != Which::UnitTests).then_some(&program.name));
    command.args(&project.how);
    command.args(lock.is_there.then_some("--locked"));
    command.arg("--target-dir").arg(&target);
    // Where its own configuration of cargo holds.
    command.current_dir(&folder);
    command.env("RUSTC_WRAPPER", wrapper).env(FOLDER, target.join(STAND_IN));
    command.env(SOURCE, &home()?.stand_in);
    let output = command.output().context("cannot start cargo, which compiles the package")?;
    let runtime = lock.tokio();
    drop(lock);
    ensure!(!is_interrupted(), "interrupted");
    ensure!(output.status.success(), "{}", complaint(&folder, &output));
    let executable = executable(&output.stdout, |target| target == program)
        .with_context(|| format!("cargo built no executable of {}", program.name))?;
    Ok(Compiled {
        program: Program {
            name: program.name.clone(),
            path: program.src_path.clone(),
            language: Language::Rust,
            args: Vec::new(),
        },
        text: read(&program.src_path)?,
        files: Arc::new(files(&metadata, &folder, &program.src_path)),
        kept: keep(&executable)?,
        executable,
        runtime: runtime?,
        folder: Some(folder),
        known: Known::default(),
        told: Told::default(),
        forks: None,
        notes: without(&target),
    })
}

fn metadata(manifest: &Path) -> Result<Metadata> {
    let mut command = cargo();
    command.args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"]);
    let output = command.arg(manifest).output().context("cannot start cargo")?;
    if !output.status.success() {
        let says = String::from_utf8_lossy(&output.stderr);
        bail!("{}: cargo cannot read it:\n{}", manifest.display(), says.trim_end());
    }
    serde_json::from_slice(&output.stdout).context("what `cargo metadata` says")
}

/// The program to be recorded, and its package.
fn choose<'a>(
    metadata: &'a Metadata,
    manifest: &Path,
    which: &Which,
) -> Result<(&'a PackageData, &'a Target)> {
    let (kind, name) = match which {
        Which::Default => ("bin", None),
        Which::UnitTests => ("lib", None),
        Which::Bin(name) | Which::BinTests(name) => ("bin", Some(name)),
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
    let folder = manifest.parent().unwrap_or(manifest).display();
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

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The files of a program: its main one, and all that the workspace has.
fn files(metadata: &Metadata, folder: &Path, main: &Path) -> Files {
    let mut all: BTreeSet<PathBuf> = BTreeSet::from([main.to_owned()]);
    for package in &metadata.packages {
        let folder = package.manifest_path.parent().unwrap_or(Path::new("/"));
        all.extend(sources(folder, &metadata.target_directory));
    }
    let all = all.into_iter().collect();
    Files::of_package(main, folder, &metadata.workspace_root, all)
}
