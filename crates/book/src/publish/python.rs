//! The Python that the recordings are checked with: the one that they are of.
//!
//! With another minor version `record --check` compares what is printed and no
//! more, see [`crate::fresh`]. That does for a reader, and not for a site that
//! says of its recordings that they were compared.

use std::collections::BTreeSet;
use std::process::Command;

use pages::library::Book;
use recorder::python::{PYTHON, interpreter};
use recording::event::Language;

/// What the Python that records says of itself: `Python 3.11.7`. None, if there
/// is none that runs.
pub fn version() -> Option<String> {
    let said = Command::new(interpreter()).arg("--version").output().ok()?;
    let said = String::from_utf8_lossy(&said.stdout).trim().to_owned();
    said.starts_with("Python ").then_some(said)
}

/// The minor versions of Python that the recordings of `book` are of: `3.11`.
pub fn kept(book: &Book) -> BTreeSet<String> {
    // What is no recording is stale, and found so elsewhere.
    let stored = book.recordings.values().filter_map(|kept| kept.stored().ok());
    let headers = stored.map(|stored| &stored.recording.header);
    let python = headers.filter(|header| header.language == Language::Python);
    python.map(|header| minor(&header.runtime).to_owned()).collect()
}

/// Why recordings of the versions `kept` cannot be checked with the Python that
/// says it is `here`, and what to do.
///
/// ```
/// # use book::publish::python::unfit;
/// let kept = ["3.11".to_owned()].into();
/// assert_eq!(unfit(&kept, Some("Python 3.11.9")), None);
/// assert!(unfit(&kept, Some("Python 3.12.1")).unwrap().contains("recordings are of Python 3.11"));
/// assert!(unfit(&kept, None).unwrap().contains("install Python 3.11"));
/// assert_eq!(unfit(&[].into(), None), None);
/// ```
pub fn unfit(kept: &BTreeSet<String>, here: Option<&str>) -> Option<String> {
    if kept.iter().all(|kept| here.is_some_and(|here| minor(here) == kept)) {
        return None;
    }
    let needed = kept.iter().map(String::as_str).collect::<Vec<_>>().join(" and ");
    let command = interpreter();
    let is = match here {
        Some(here) => format!("`{}` is {here}", command.display()),
        None => format!("there is no `{}` here that runs", command.display()),
    };
    Some(format!(
        "they cannot be compared: the recordings are of Python {needed}, and {is}: \
         install Python {needed}, and name it if it is not the first in PATH: `{PYTHON}=python{needed}`"
    ))
}

/// `3.11` of `asyncio 3.11.7` and of `Python 3.11.7`.
fn minor(version: &str) -> &str {
    let number = version.rsplit(' ').next().unwrap_or(version);
    number.rsplit_once('.').map_or(number, |(minor, _)| minor)
}
