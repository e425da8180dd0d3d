//! `trace --package`: a program of a cargo package, with what it depends on.

use std::path::PathBuf;

use anyhow::{Context, Result};
use recorder::rust::Compiled;
use recorder::rust::project::{self, Project, Which};

/// A program of a cargo package.
#[derive(Debug, clap::Args)]
pub struct Package {
    /// Instead of FILE: record a program of the cargo package in this folder
    ///
    /// With its own dependencies and its own tokio (1.38 or later), whose tasks
    /// are recorded too. Nothing in the folder is changed: cargo compiles it
    /// elsewhere.
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    pub(super) package: Option<PathBuf>,
    /// Of the package this binary, if there are several
    #[arg(long, value_name = "NAME", requires = "package")]
    bin: Option<String>,
    /// Of the package this example
    #[arg(long, value_name = "NAME", requires = "package", conflicts_with = "bin")]
    example: Option<String>,
    /// Of the package this file of tests, one test after the other
    #[arg(long, value_name = "NAME", requires = "package", conflicts_with_all = ["bin", "example"])]
    test: Option<String>,
    /// Of the package the unit tests of its library
    #[arg(long, requires = "package", conflicts_with_all = ["bin", "example", "test"])]
    lib: bool,
    /// Of a binary its unit tests, not its `main`
    #[arg(long, requires = "package", conflicts_with_all = ["example", "test", "lib"])]
    unit_tests: bool,
    /// Compile it with these features
    #[arg(long, value_name = "NAMES", requires = "package")]
    features: Vec<String>,
    /// With all features
    #[arg(long, requires = "package")]
    all_features: bool,
    /// Without its default features
    #[arg(long, requires = "package")]
    no_default_features: bool,
    /// Optimized: what the compiler has inlined has no line of its own then
    #[arg(long, requires = "package")]
    release: bool,
}

impl Package {
    /// Compiles the program, if one is asked for.
    ///
    /// # Errors
    ///
    /// Those of [`project::compile`].
    pub(super) fn compile(&self) -> Result<Option<Compiled>> {
        let Some(folder) = &self.package else { return Ok(None) };
        let which = match (&self.bin, &self.example, &self.test) {
            _ if self.lib => Which::UnitTests,
            (bin, ..) if self.unit_tests => Which::BinTests(bin.clone()),
            (Some(name), ..) => Which::Bin(name.clone()),
            (_, Some(name), _) => Which::Example(name.clone()),
            (.., Some(name)) => Which::Test(name.clone()),
            (None, None, None) => Which::Default,
        };
        eprintln!("compiling {}", folder.display());
        let project = Project { folder: folder.clone(), which, how: self.how() };
        let wrapper = std::env::current_exe().context("cannot find this program itself")?;
        project::compile(&project, &wrapper).map(Some)
    }

    /// The arguments for cargo.
    fn how(&self) -> Vec<String> {
        let mut how = Vec::new();
        for (asked, flag) in [
            (self.all_features, "--all-features"),
            (self.no_default_features, "--no-default-features"),
            (self.release, "--release"),
        ] {
            how.extend(asked.then(|| flag.to_owned()));
        }
        for names in &self.features {
            how.extend(["--features".to_owned(), names.clone()]);
        }
        how
    }
}
