//! Names and lines, read off the program's text: nothing in a future says
//! what the program calls it.

mod text;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::files::{Files, Which};
use super::raw::Kind;
use recording::event::Line;
pub(super) use text::Spawned;
use text::Text;

/// A program's text, parsed: its other files when they are first asked about.
pub(super) struct Source {
    files: Arc<Files>,
    /// That of the main file, not parsed.
    text: String,
    main: OnceCell<Text>,
    others: Vec<OnceCell<Text>>,
    told: Told,
}

/// What was asked about a program, and the answers, for its next run: to parse its
/// text takes long.
pub(super) type Told = Arc<Mutex<HashMap<Call, Spawned>>>;

/// The call that spawned a task.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Call {
    pub kind: Kind,
    /// Where it stands, as the compiler says it: from 1, in characters, of a path
    /// its beginning, of a method its name.
    pub file: String,
    pub line: usize,
    pub col: usize,
    /// The function that made the future; empty where it is not known.
    pub of: String,
    /// What the program itself says that the task is called.
    pub named: Option<String>,
}

impl Source {
    /// The program in `files`, whose main file has this text.
    pub fn of(text: &str, files: &Arc<Files>, told: &Told) -> Self {
        let others = files.others().iter().map(|_| OnceCell::new()).collect();
        let (files, told) = (Arc::clone(files), Arc::clone(told));
        Source { files, text: text.to_owned(), main: OnceCell::new(), others, told }
    }

    /// The line `number` of a file that the compiler calls so.
    pub fn line(&self, file: &str, number: usize) -> Option<Line> {
        self.files.line(file, u32::try_from(number).ok()?)
    }

    /// The line of `fn main`.
    pub fn main(&self) -> Option<Line> {
        self.parsed().main()
    }

    fn parsed(&self) -> &Text {
        self.main.get_or_init(|| Text::of(&self.text, None))
    }

    fn text(&self, file: &str) -> Option<&Text> {
        Some(match self.files.find(file)? {
            Which::Main => self.parsed(),
            Which::Other(place) => self.other(place),
        })
    }

    fn other(&self, place: usize) -> &Text {
        self.others[place].get_or_init(|| {
            let other = &self.files.others()[place];
            // Of a file that is gone by now nothing is known.
            let text = std::fs::read_to_string(&other.path).unwrap_or_default();
            Text::of(&text, Some(&other.name))
        })
    }

    /// The file that lines call so.
    fn named(&self, name: &str) -> Option<&Text> {
        let place = self.files.others().iter().position(|other| other.name == name)?;
        Some(self.other(place))
    }

    /// The task that a call spawned.
    pub fn spawned(&self, call: &Call) -> Spawned {
        let told = || self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = told().get(call) {
            return known.clone();
        }
        // What a block in `main` made is another task than main.
        let is_mains = call.kind == Kind::Task && call.of == "main";
        let of = Some(call.of.as_str()).filter(|of| !of.is_empty() && !is_mains);
        let mut spawned = match self.text(&call.file) {
            Some(text) => text.spawned(call.kind, call.line, call.col, of),
            None if call.kind == Kind::Root => Spawned { name: "main".to_owned(), first: None },
            None => {
                let name = library(&call.file).or(of).unwrap_or("task");
                Spawned { name: name.to_owned(), first: None }
            }
        };
        if let Some(name) = call.named.as_ref().filter(|name| !name.is_empty()) {
            spawned.name.clone_from(name);
        }
        told().insert(call.clone(), spawned.clone());
        spawned
    }

    /// What the program calls what is made by the call in `file` at `line` and
    /// `col`, both from 1, in characters.
    pub fn made(&self, file: &str, line: usize, col: usize) -> Option<String> {
        self.text(file)?.made(line, col)
    }

    /// Whether what is taken at this line, a permit or a guard, is dropped in the
    /// same statement, as `let _ = …` keeps nothing.
    pub fn discards(&self, line: Line) -> bool {
        let number = line.number();
        match line.file() {
            None => self.parsed().discards(number),
            Some(file) => self.named(file).is_some_and(|text| text.discards(number)),
        }
    }
}

/// The crate that a file of the registry belongs to:
/// `axum` of `…/registry/src/index…/axum-0.8.9/src/serve/mod.rs`.
fn library(file: &str) -> Option<&str> {
    let (_, path) = file.split_once("/registry/src/")?;
    let (name, _version) = path.split('/').nth(1)?.rsplit_once('-')?;
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_of_another_file_is_called_what_that_file_calls_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("serve.rs"), "tokio::spawn(foo());").unwrap();
        let all = vec![path("main.rs"), path("serve.rs")];
        let files = Files::of_package(&path("main.rs"), folder.path(), folder.path(), all);
        let source = Source::of("fn main() {}", &Arc::new(files), &Told::default());
        let name = |file: &str, of: &str| {
            let (file, of) = (file.to_owned(), of.to_owned());
            source.spawned(&Call { kind: Kind::Task, file, line: 1, col: 1, of, named: None }).name
        };
        assert_eq!(name("serve.rs", "bar"), "foo");
        assert_eq!(
            name("/home/me/.cargo/registry/src/index-1/tower-http-0.6.1/src/a.rs", "run"),
            "tower-http"
        );
        assert_eq!(name("/elsewhere/serve.rs", "handle"), "handle");
        assert_eq!(name("/elsewhere/serve.rs", ""), "task");
        assert_eq!(name("/elsewhere/serve.rs", "main"), "task");
    }
}
