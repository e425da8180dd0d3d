//! The files of a program, by the names that the compiler has for them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use recording::event::Line;

/// A program's main file, and the others that are its package's own.
#[derive(Debug)]
pub(super) struct Files {
    /// How the compiler's name for the main file ends, where no other file's does.
    main: Option<String>,
    others: Vec<Other>,
    /// The files by the names that the compiler has for them; none is the main one.
    known: HashMap<String, Option<usize>>,
}

/// A file of a program besides the main one.
#[derive(Debug)]
pub(super) struct Other {
    /// How it is called in a recording: `src/worker.rs`.
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// One of a program's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Main,
    Other(usize),
}

impl Files {
    /// Of a program of one file, whose name for the compiler ends so.
    pub(super) fn one(main: String) -> Self {
        Files { main: Some(main), others: Vec::new(), known: HashMap::new() }
    }

    /// Of a program of the package in `folder`, whose workspace is in `root`:
    /// from there cargo calls the compiler, with names that are relative to it.
    pub(super) fn of_package(main: &Path, folder: &Path, root: &Path, all: Vec<PathBuf>) -> Self {
        let relative = |path: &Path, to: &Path| {
            path.strip_prefix(to).ok().map(|path| path.display().to_string())
        };
        let mut files = Files { main: None, others: Vec::new(), known: HashMap::new() };
        for path in all {
            let place = (path != main).then_some(files.others.len());
            files.known.insert(path.display().to_string(), place);
            files.known.extend(relative(&path, root).map(|name| (name, place)));
            if place.is_some() {
                let name = relative(&path, folder).or_else(|| relative(&path, root));
                let name = name.unwrap_or_else(|| path.display().to_string());
                files.others.push(Other { name, path });
            }
        }
        files
    }

    /// The file that the compiler calls so, if it is one of the program's.
    pub(super) fn find(&self, name: &str) -> Option<Which> {
        match &self.main {
            Some(main) => name.ends_with(main).then_some(Which::Main),
            None => self.known.get(name).map(|place| place.map_or(Which::Main, Which::Other)),
        }
    }

    /// The line `number` of the file that the compiler calls so.
    pub(super) fn line(&self, name: &str, number: u32) -> Option<Line> {
        let line = Line::from(number);
        self.find(name).map(|which| match which {
            Which::Main => line,
            Which::Other(other) => line.within(&self.others[other].name),
        })
    }

    pub(super) fn others(&self) -> &[Other] {
        &self.others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_each_name_that_the_compiler_has_for_it() {
        let all = ["/ws/app/src/main.rs", "/ws/app/src/net/fetch.rs", "/ws/lib/src/lib.rs"];
        let [root, folder, main] = ["/ws", "/ws/app", "/ws/app/src/main.rs"].map(Path::new);
        let files = Files::of_package(main, folder, root, all.map(PathBuf::from).to_vec());
        let shown = |name| files.line(name, 6).map(|line| line.words());
        for (name, line) in [
            ("app/src/main.rs", Some("line 6")),
            ("/ws/app/src/main.rs", Some("line 6")),
            ("app/src/net/fetch.rs", Some("net/fetch.rs:6")),
            ("/ws/lib/src/lib.rs", Some("lib/src/lib.rs:6")),
            // Other people's, of which the end is the same.
            ("/registry/src/a-1.0.0/src/lib.rs", None),
            ("src/main.rs", None),
        ] {
            assert_eq!(shown(name).as_deref(), line, "{name}");
        }
        let one = Files::one("src/bin/a-12.rs".to_owned());
        assert_eq!(one.find("/target/recording/src/bin/a-12.rs"), Some(Which::Main));
    }
}
