//! Python in the pages of a site that no server stands behind: CPython compiled to
//! WebAssembly, and what records and draws in it.
//!
//! `.ci/tools` gets the one; the other is the Python recorder and `crates/in-page`,
//! compiled here. All of it goes to the site's folder `python`, compressed, so that it
//! costs the same on every host, and no page asks for any of it before somebody
//! records a program.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use flate2::{Compression, GzBuilder};
use pages::exercises::Task;
use recording::exercise::Exercise;

/// The script of the theme that looks for it, below the root of the book.
pub const SCRIPT: &str = "theme/stage/python.js";

/// Where `.ci/tools` puts Python.
const INSTALLED: &str = "target/tools/pyodide";

/// What is there, compressed.
const PYTHON: [&str; 5] =
    ["lock.json", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide.mjs", "python_stdlib.zip"];

/// What runs in the page's worker and is loaded by its name.
const WORKER: [&str; 2] = ["record.js", "worker.js"];

/// What draws, as cargo knows it.
const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "in-page";

/// The folder with Python for the book at `root`; where there is none, says so.
pub fn installed(root: &Path) -> Option<PathBuf> {
    let folder = root.join(INSTALLED);
    if PYTHON.iter().all(|name| folder.join(format!("{name}.gz")).is_file()) {
        return Some(folder);
    }
    eprintln!("note: no page can record Python, which `.ci/tools` would get for them");
    None
}

/// Puts Python, from the folder `python`, into the `site` of the book at `root`.
///
/// # Errors
///
/// If what draws does not compile, or a file cannot be written.
pub fn put(root: &Path, python: &Path, site: &Path) -> Result<()> {
    let to = site.join("python");
    fs::create_dir_all(&to).with_context(|| format!("cannot create {}", to.display()))?;
    let begin = root.join("theme/python/begin.py");
    let drawn = compile(root)?;
    let own = [
        ("begin.py", read(&begin)?),
        ("in_page.wasm", read(&drawn)?),
        ("recorder.json", serde_json::to_vec(&recorder(root)?)?),
        ("exercises.json", serde_json::to_vec(&exercises(root)?)?),
    ];
    // Of each file how many bytes are to be loaded.
    let mut sizes = BTreeMap::new();
    for (name, bytes) in own {
        sizes.insert(name, write(&to, name, &compressed(&bytes)?)?);
    }
    for name in PYTHON {
        sizes.insert(name, write(&to, name, &read(&python.join(format!("{name}.gz")))?)?);
    }
    for name in WORKER {
        let from = root.join("theme/python").join(name);
        fs::copy(&from, to.join(name))
            .with_context(|| format!("cannot copy {}", from.display()))?;
    }
    fs::write(to.join("files.json"), serde_json::to_vec(&sizes)?)?;
    Ok(())
}

/// The Python recorder's files: paths and texts.
fn recorder(root: &Path) -> Result<BTreeMap<String, String>> {
    let folder = root.join("crates/recorder/python/context_switch");
    let mut files = BTreeMap::new();
    let entries =
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if let (Some(name), true) =
            (path.file_name(), path.extension().is_some_and(|it| it == "py"))
        {
            let text = String::from_utf8(read(&path)?).context("it is no text")?;
            files.insert(format!("context_switch/{}", name.display()), text);
        }
    }
    Ok(files)
}

/// What the program of each exercise has to be, by name.
fn exercises(root: &Path) -> Result<BTreeMap<String, Exercise>> {
    let tasks = Task::all(root)?.into_iter();
    Ok(tasks.map(|task| (task.name, task.told.asks)).collect())
}

/// Compiles what draws; returns its file.
fn compile(root: &Path) -> Result<PathBuf> {
    let target = root.join("target");
    eprintln!("compiling what draws in the pages");
    let done = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["rustc", "--quiet", "--locked", "--package", "in-page", "--lib"])
        .args(["--crate-type", "cdylib", "--target", TARGET, "--profile", PROFILE, "--target-dir"])
        .arg(&target)
        .current_dir(root)
        .output()
        .context("cannot run cargo")?;
    let said = String::from_utf8_lossy(&done.stderr);
    ensure!(
        done.status.success(),
        "what draws in the pages does not compile: is there `rustup target add {TARGET}`, which \
         `.ci/tools` does?\n{said}"
    );
    Ok(target.join(TARGET).join(PROFILE).join("in_page.wasm"))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes what is compressed already; returns how many bytes that is.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<usize> {
    let path = folder.join(format!("{name}.gz"));
    fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(bytes.len())
}

fn compressed(bytes: &[u8]) -> Result<Vec<u8>> {
    // Without a time, so that it is the same each time.
    let mut zip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    zip.write_all(bytes)?;
    Ok(zip.finish()?)
}
