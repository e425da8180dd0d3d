//! A program of a single file that uses more than tokio: modules of files beside
//! it, or other crates, those that it names itself, as cargo's single-file packages
//! do, or those that go with tokio so often that they need no name.
//!
//! ```text
//! ---
//! [dependencies]
//! anyhow = "1"
//! tokio-util = { version = "0.7", features = ["full"] }
//! ---
//!
//! use tokio_util::sync::CancellationToken;
//! ```
//!
//! A package is made of it, below the target directory, and recorded as any
//! package is: so all of its crates agree about tokio, and each of its files has its
//! lines.

mod modules;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use proc_macro2::{Spacing, TokenStream, TokenTree};
use toml::{Table, Value};

use super::cargo::fetch;
use super::compile::Compiled;
use super::home::home;
use super::package::{cargo_name, lock, name_of_place, write, write_timed};
use super::project::{self, Project, Which};
use crate::program::Program;

/// The crates that need not be named, as the program and as cargo call them,
/// their versions and their features. Those after the first two do not come
/// without them, so that one of them makes a program one of this kind.
const CRATES: [(&str, &str, &str, &[&str]); 13] = [
    ("tokio", "tokio", "1", &["full"]),
    ("futures", "futures", "0.3", &[]),
    ("futures_util", "futures-util", "0.3", &["sink", "channel", "io"]),
    ("futures_core", "futures-core", "0.3", &[]),
    ("tokio_stream", "tokio-stream", "0.1", &["full"]),
    ("tokio_util", "tokio-util", "0.7", &["full"]),
    ("async_stream", "async-stream", "0.3", &[]),
    ("async_trait", "async-trait", "0.1", &[]),
    ("anyhow", "anyhow", "1", &[]),
    ("bytes", "bytes", "1", &[]),
    ("rand", "rand", "0.9", &[]),
    ("tracing", "tracing", "0.1", &[]),
    ("pin_project_lite", "pin-project-lite", "0.2", &[]),
];

/// Compiles the program, if it uses modules or other crates; `wrapper` is as it is for
/// [`project::compile`].
///
/// # Errors
///
/// When what it says of its crates cannot be read, when they are not there, or
/// when it does not compile.
pub fn compile(program: &Program, wrapper: &Path) -> Result<Option<Compiled>> {
    let path = program.path.display().to_string();
    let bytes = fs::read(&program.path).with_context(|| format!("cannot read {path}"))?;
    let Ok(text) = String::from_utf8(bytes) else { return Ok(None) };
    let (own, text) = split(&text).with_context(|| path.clone())?;
    let used = used(&text);
    let modules = modules::modules(&program.path, &text).with_context(|| path.clone())?;
    let is_plain = own.is_none() && modules.is_empty() && !asks_for_more(&used);
    if is_plain {
        return Ok(None);
    }
    let manifest = manifest(&program.name, own, &used).with_context(|| path.clone())?;
    let place = std::path::absolute(&program.path)?;
    let folder = folder(&program.name, &place)?;
    let _locked = lock(&folder)?;
    write_timed(&folder)?;
    write(&folder.join("src/main.rs"), &text)?;
    for (name, text) in &modules {
        write(&folder.join("src").join(name), text)?;
    }
    let is_new = write(&folder.join("Cargo.toml"), &manifest)?;
    resolve(&folder, is_new).with_context(|| path.clone())?;
    let project = Project { folder: folder.clone(), which: Which::Default, how: Vec::new() };
    let compiled = project::compile(&project, wrapper).map_err(|error| {
        let told = format!("{error:#}");
        let told = told.replace(&folder.display().to_string(), &path).replace("src/main.rs", &path);
        let beside = place.parent().unwrap_or(&place);
        let names = modules.iter().map(|(name, _)| name);
        let told = names.fold(told, |told, name| {
            let own = beside.join(name).display().to_string();
            told.replace(&format!("src/{}", name.display()), &own)
        });
        anyhow::anyhow!("{told}")
    })?;
    let program = program.clone();
    Ok(Some(Compiled { program, text, folder: None, ..compiled }))
}

/// What a file says of its crates, and its text, in which that is a comment.
fn split(text: &str) -> Result<(Option<Table>, String)> {
    let mut lines = text.lines().enumerate().peekable();
    // `#![…]` is an attribute.
    lines.next_if(|(_, line)| line.starts_with("#!") && !line.starts_with("#!["));
    while lines.next_if(|(_, line)| line.trim().is_empty()).is_some() {}
    let Some((first, fence)) = lines.next_if(|(_, line)| line.starts_with("---")) else {
        return Ok((None, text.to_owned()));
    };
    let dashes = &fence[..fence.len() - fence.trim_start_matches('-').len()];
    let Some((last, _)) = lines.find(|(_, line)| line.trim_end() == dashes) else {
        bail!("line {}: no line `{dashes}` ends what this one begins", first + 1);
    };
    let inside: Vec<&str> = text.lines().skip(first + 1).take(last - first - 1).collect();
    let own = inside.join("\n").parse::<Table>();
    let own =
        own.with_context(|| format!("lines {} to {} are no manifest", first + 1, last + 1))?;
    let comment = |(i, line): (usize, &str)| match (first..=last).contains(&i) {
        true => format!("// {line}\n"),
        false => format!("{line}\n"),
    };
    Ok((Some(own), text.lines().enumerate().map(comment).collect()))
}

/// The crates in [`CRATES`] that the program uses.
fn used(text: &str) -> Vec<&'static str> {
    let Ok(tokens) = text.parse::<TokenStream>() else { return Vec::new() };
    let (mut roots, mut modules) = (Vec::new(), Vec::new());
    paths(tokens, &mut roots, &mut modules);
    let is_used = |name: &&str| roots.iter().any(|root| root == name);
    let is_own = |name: &&str| modules.iter().any(|module| module == name);
    let names = CRATES.iter().map(|(name, ..)| *name).chain(["timed"]);
    names.filter(|name| is_used(name) && !is_own(name)).collect()
}

/// What all paths begin with, and the modules that there are.
fn paths(tokens: TokenStream, roots: &mut Vec<String>, modules: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == c);
    // The two of `::` are joint.
    let is_path = |at: usize| {
        is(at, ':')
            && is(at + 1, ':')
            && matches!(&tokens[at], TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint)
    };
    let word = |at: usize| match tokens.get(at) {
        Some(TokenTree::Ident(name)) => Some(name.to_string()),
        _ => None,
    };
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => paths(group.stream(), roots, modules),
            TokenTree::Ident(name) => {
                let before = at.checked_sub(1).and_then(word);
                let is_first = at < 2 || !is_path(at - 2) || before.is_some();
                match before.as_deref() {
                    Some("mod") => modules.push(name.to_string()),
                    Some("use" | "crate") => roots.push(name.to_string()),
                    _ if is_first && is_path(at + 1) => roots.push(name.to_string()),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// Whether some of these crates are not there without a package.
fn asks_for_more(used: &[&str]) -> bool {
    used.iter().any(|name| !["tokio", "futures", "timed"].contains(name))
}

/// The manifest of the package.
fn manifest(name: &str, own: Option<Table>, used: &[&str]) -> Result<String> {
    let mut manifest = own.unwrap_or_default();
    let dependencies = manifest.entry("dependencies").or_insert_with(|| Table::new().into());
    let dependencies = dependencies.as_table_mut().context("`dependencies` is no table")?;
    for (name, package, version, features) in CRATES {
        let is_named = dependencies.contains_key(package) || dependencies.contains_key(name);
        if !is_named && (name == "tokio" || used.contains(&name)) {
            let mut dependency = Table::new();
            dependency.insert("version".to_owned(), version.into());
            let features = features.iter().map(|feature| Value::from(*feature));
            dependency.insert("features".to_owned(), Value::Array(features.collect()));
            dependencies.insert(package.to_owned(), dependency.into());
        }
    }
    if used.contains(&"timed") {
        let timed = Table::from_iter([("path".to_owned(), Value::from("timed"))]);
        dependencies.entry("timed").or_insert_with(|| timed.into());
    }
    let package = manifest.entry("package").or_insert_with(|| Table::new().into());
    let package = package.as_table_mut().context("`package` is no table")?;
    package.insert("name".to_owned(), crate_name(name).into());
    package.entry("edition").or_insert_with(|| "2024".into());
    manifest.insert("workspace".to_owned(), Table::new().into());
    let text = toml::to_string(&manifest).context("what it says is no manifest")?;
    Ok(format!("# Generated by the recorder; changes are overwritten.\n{text}"))
}

/// A name that cargo takes: no crate of [`CRATES`] has it.
fn crate_name(name: &str) -> String {
    format!("recorded_{}", cargo_name(name))
}

/// Where the package of the program in `place` is.
fn folder(name: &str, place: &Path) -> Result<PathBuf> {
    Ok(home()?.target.join("recording-files").join(name_of_place(&crate_name(name), place)))
}

/// Finds the versions of all crates, if what is asked for `is_new`: those of the
/// workspace, as far as it has them.
fn resolve(folder: &Path, is_new: bool) -> Result<()> {
    let lock = folder.join("Cargo.lock");
    if !is_new && lock.exists() {
        return Ok(());
    }
    fs::copy(&home()?.lock, &lock).context("cannot copy the lock file")?;
    let found = fetch(&folder.join("Cargo.toml"));
    if found.is_err() {
        // Or it would be taken for what was found.
        fs::remove_file(&lock).context("cannot remove the lock file")?;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITH: &str = "#!/usr/bin/env cargo\n---cargo\n[dependencies]\nserde = \"1\"\n---\n\n\
                        fn main() {}\n";

    #[test]
    fn what_a_file_says_of_its_crates_is_a_comment_of_as_many_lines() {
        let (own, text) = split(WITH).unwrap();
        assert_eq!(own.unwrap()["dependencies"]["serde"].as_str(), Some("1"));
        assert_eq!(text.lines().count(), WITH.lines().count());
        assert!(text.lines().skip(1).take(4).all(|line| line.starts_with("//")), "{text}");
        assert!(text.parse::<TokenStream>().is_ok());
        assert_eq!(split("#![allow(x)]\nfn main() {}\n").unwrap().0, None);
    }

    #[test]
    fn a_manifest_that_cannot_be_read_is_refused_with_its_lines() {
        let error = format!("{:#}", split("\n---\n[dependencies]\n").unwrap_err());
        assert!(error.contains("line 2: no line `---`"), "{error}");
        let error = format!("{:#}", split("---\nserde = \n---\n").unwrap_err());
        assert!(error.contains("lines 1 to 3"), "{error}");
        let (own, _) = split("---\ndependencies = 5\n---\n").unwrap();
        assert!(manifest("x", own, &[]).is_err());
    }

    #[test]
    fn a_crate_is_used_where_a_path_begins_with_it() {
        for (text, names) in [
            ("use tokio_stream::StreamExt;", &["tokio_stream"][..]),
            ("use anyhow as any;", &["anyhow"]),
            ("fn f() -> anyhow::Result<()> { bytes::Bytes::new(); Ok(()) }", &["anyhow", "bytes"]),
            ("use {rand::Rng, tokio::spawn};", &["tokio", "rand"]),
            ("fn f(bytes: &[u8]) { let rand = bytes; x.bytes(); }", &[]),
            ("mod bytes { } fn f() { bytes::f(); other::rand::f(); }", &[]),
            ("extern crate tracing;", &["tracing"]),
        ] {
            assert_eq!(used(text), names, "{text}");
        }
    }

    #[test]
    fn the_manifest_has_tokio_and_what_is_used_and_leaves_the_rest_as_it_is() {
        assert!(!asks_for_more(&["tokio", "futures", "timed"]));
        assert!(asks_for_more(&["tokio", "bytes"]));
        let own =
            "[package]\nedition = \"2021\"\n[dependencies]\ntokio = \"1.40\"".parse().unwrap();
        let text = manifest("a b", Some(own), &["tokio", "anyhow", "timed"]).unwrap();
        let table: Table = text.parse().unwrap();
        assert_eq!(table["dependencies"]["tokio"].as_str(), Some("1.40"));
        assert_eq!(table["dependencies"]["anyhow"]["version"].as_str(), Some("1"));
        assert_eq!(table["dependencies"]["timed"]["path"].as_str(), Some("timed"));
        assert_eq!(table["package"]["edition"].as_str(), Some("2021"));
        assert_eq!(table["package"]["name"].as_str(), Some("recorded_a_b"));
    }
}
