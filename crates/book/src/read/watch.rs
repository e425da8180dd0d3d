//! Changes on disk, and what each of them means for the pages.

use std::collections::BTreeSet;
use std::path::{Component, Path};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify_debouncer_full::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// An editor writes a file in several steps; what comes closer together than
/// this is one change.
const QUIET: Duration = Duration::from_millis(150);

/// Something a reader should see.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A chapter, a recording, a theme file or `book.toml`: the pages are to be
    /// built anew.
    Pages,
    /// A program: its recording may be stale.
    Program,
}

/// Changes stop coming when this is dropped.
pub type Watcher = Option<Debouncer<RecommendedWatcher, RecommendedCache>>;

/// The changes under `root` from now on, until the watcher is dropped.
///
/// Where the system allows no watching (a container without inotify, a limit
/// reached) that is said on stderr, and no change ever comes.
pub fn watch(root: &Path) -> (Receiver<Vec<Change>>, Watcher) {
    let (send, changes) = mpsc::channel();
    let at = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let handler = {
        let root = at.clone();
        move |result: DebounceEventResult| {
            // Where the system lost count of what changed, anything may have.
            let lost = match &result {
                Ok(events) => events.iter().any(|event| event.need_rescan()),
                Err(_) => true,
            };
            let events = result.unwrap_or_default();
            let found: BTreeSet<Change> = events
                .iter()
                .filter(|event| !event.kind.is_access())
                .flat_map(|event| &event.paths)
                .filter_map(|path| meaning(path.strip_prefix(&root).ok()?))
                .chain(lost.then_some(Change::Pages))
                .collect();
            if !found.is_empty() {
                // Nobody listens only when the book is being closed.
                let _ = send.send(found.into_iter().collect());
            }
        }
    };
    let watched = new_debouncer(QUIET, None, handler).and_then(|mut debouncer| {
        // The folder, not the file: an editor may put a new file in its place.
        debouncer.watch(&at, RecursiveMode::NonRecursive)?;
        for dir in ["src", "theme", "examples"].map(|dir| at.join(dir)) {
            if dir.is_dir() {
                debouncer.watch(&dir, RecursiveMode::Recursive)?;
            }
        }
        Ok(debouncer)
    });
    match watched {
        Ok(debouncer) => (changes, Some(debouncer)),
        Err(error) => {
            eprintln!("warning: changes will not show by themselves: {error}");
            (changes, None)
        }
    }
}

/// What a change of `path`, relative to the book's root, means.
///
/// ```
/// use book::read::watch::{Change, meaning};
/// use std::path::Path;
///
/// let change = |path| meaning(Path::new(path));
/// assert_eq!(change("src/introduction.md"), Some(Change::Pages));
/// assert_eq!(change("examples/v5/main.py"), Some(Change::Program));
/// assert_eq!(change("src/recordings/v5.rust.js"), Some(Change::Pages));
/// assert_eq!(change("examples/Cargo.toml"), None);
/// ```
pub fn meaning(path: &Path) -> Option<Change> {
    let parts: Vec<&str> = path.components().map(text).collect::<Option<_>>()?;
    let file = *parts.last()?;
    if file.starts_with('.') || file.ends_with('~') || file.ends_with(".swp") {
        return None;
    }
    match parts[..] {
        ["book.toml"] | ["theme", _, ..] => Some(Change::Pages),
        ["src", _, ..] => Some(Change::Pages),
        ["examples", _, "main.rs" | "main.py"] => Some(Change::Program),
        _ => None,
    }
}

fn text<'a>(part: Component<'a>) -> Option<&'a str> {
    match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    }
}
