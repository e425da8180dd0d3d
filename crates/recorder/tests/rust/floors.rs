//! Who may call whom, read off the sources: in the stand-in for tokio no floor
//! calls a higher one, nowhere do two files call each other in a circle, of the
//! recorder's Python neither, and a crate of the workspace stands only on those below it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::support::root;

/// The floors of `crates/rec-tokio/src`, from the ground; the first that fits
/// holds. All else is a shim, on top.
const FLOORS: &[&str] =
    &["stands_for", "wire", "rec/sys", "rec/records", "rec/turns", "rec/tasks", "rec"];

/// Each crate, and those of the workspace that it may stand on.
const CRATES: &[(&str, &[&str])] = &[
    ("recording", &[]),
    ("draw", &["recording"]),
    ("pages", &["recording", "draw"]),
    ("in-page", &["recording", "draw"]),
    ("recorder", &["recording"]),
    ("trace", &["recording", "draw", "recorder"]),
    ("context-switch", &["recorder", "trace"]),
    ("book", &["recording", "draw", "pages", "recorder", "trace"]),
];

/// What the crates that run nothing do not name.
const NEVER_IN_A_VIEW: [&str; 4] = ["std::process", "std::os", "rustix", "libc"];

/// The files of a crate, each with the files that it calls.
type Calls = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_floor_of_the_stand_in_calls_a_higher_one() {
    let floor = |file: &str| {
        let within = |floor: &&str| file == *floor || file.starts_with(&format!("{floor}/"));
        FLOORS.iter().position(within).unwrap_or(FLOORS.len())
    };
    let mut wrong = Vec::new();
    for (file, called) in calls("rec-tokio/src") {
        for other in called {
            let hooked = other.starts_with("rec/hooks") && !file.starts_with("rec/hooks");
            if floor(&file) < floor(&other) || hooked {
                wrong.push(format!("{file} calls {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "a lower floor calls a higher one:\n{}", wrong.join("\n"));
}

#[test]
fn the_threads_that_take_turns_use_no_lock_that_waits_for_a_turn() {
    for (file, text) in sources("rec-tokio/src") {
        let is_below = file.starts_with("rec/turns") || file.starts_with("rec/sys");
        assert!(!is_below || !text.contains("Mutex"), "{file} uses a lock of std's");
        assert!(!file.starts_with("rec/sys") || !text.contains("emit!"), "{file} emits a record");
    }
}

#[test]
fn no_files_call_each_other_in_a_circle() {
    let mut wrong = Vec::new();
    for folder in ["rec-tokio/src", "rec-tokio/futures/src"] {
        wrong.extend(circle(&calls(folder)).map(|circle| format!("{folder}: {circle}")));
    }
    for (name, _) in CRATES {
        let folder = format!("{name}/src");
        wrong.extend(circle(&calls(&folder)).map(|circle| format!("{folder}: {circle}")));
    }
    wrong.extend(circle(&imports("recorder/python/context_switch")));
    assert!(wrong.is_empty(), "files that call each other:\n{}", wrong.join("\n"));
}

#[test]
fn no_crate_is_left_out() {
    // Two stand alone: what a recorded program is linked with.
    let named = CRATES.iter().map(|(name, _)| *name).chain(["rec-tokio", "timed"]);
    let folders = std::fs::read_dir(root().join("crates")).unwrap();
    let folders = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(named.map(str::to_owned).collect::<BTreeSet<_>>(), folders.collect());
}

#[test]
fn a_crate_stands_only_on_those_below_it() {
    for (name, below) in CRATES {
        let sources = sources(&format!("{name}/src"));
        for (file, text) in &sources {
            let paths = Paths::of(text);
            for (other, _) in CRATES {
                let crate_name = other.replace('-', "_");
                // A module of its own may have that name.
                if sources.contains_key(&crate_name) {
                    continue;
                }
                let names = paths.0.iter().any(|path| path[0] == crate_name);
                assert!(!names || name == other || below.contains(other), "{name}/{file}: {other}");
            }
            if ["recording", "draw"].contains(name) {
                for never in NEVER_IN_A_VIEW {
                    let named = paths.0.iter().any(|path| {
                        let path = path.join("::");
                        path == never || path.starts_with(&format!("{never}::"))
                    });
                    assert!(!named, "{name}/{file} names {never}");
                }
            }
        }
    }
}

/// All else works in an archive of the sources too, which has no `.git`. Tests of the
/// book lay down repositories of their own.
#[test]
fn only_what_is_published_asks_git() {
    let crates = CRATES.iter().map(|(name, _)| format!("{name}/src"));
    let others = ["recorder/tests", "context-switch/tests", "timed", "../tests", "../benches"];
    let mut asking = Vec::new();
    for folder in crates.chain(others.map(str::to_owned)) {
        let files = sources(&folder).into_iter();
        let asks =
            files.filter(|(file, text)| text.contains("\"git\"") && !file.ends_with("floors"));
        asking.extend(asks.map(|(file, _)| format!("{folder}/{file}")));
    }
    assert_eq!(asking, ["book/src/publish/manifest"]);
}

#[test]
fn a_circle_is_seen() {
    let call = |from: &str, to: &str| (from.to_owned(), BTreeSet::from([to.to_owned()]));
    let calls = Calls::from([call("a", "b"), call("b", "c"), call("c", "b")]);
    assert_eq!(circle(&calls).as_deref(), Some("b, c, b"));
    assert_eq!(circle(&Calls::from([call("a", "b"), call("b", "c")])), None);
}

#[test]
fn what_a_file_names_is_seen() {
    let text = "use super::{a::{self, B}, c as d}; fn e() { crate::f::g(i::j!(super::k)) }
                #[cfg(test)] mod tests { use super::l; } mod m { use super::n; }";
    let paths: Vec<String> = Paths::of(text).0.iter().map(|path| path.join("::")).collect();
    let expected = ["super::a", "super::a::B", "super::c", "crate::f::g", "i::j", "super::k"];
    assert_eq!(paths, [&expected[..], &["self::n"]].concat());
}

#[test]
fn what_a_python_module_imports_is_seen() {
    let text = "from . import a, b as c\nfrom .d import E\nfrom os import f\ndef g():\n    from .h import (\n";
    assert_eq!(imported(text).collect::<Vec<_>>(), ["a", "b", "d", "h"]);
}

/// Which modules of a Python package import which.
fn imports(folder: &str) -> Calls {
    let sources = texts(folder, "py").into_iter();
    let calls: Calls =
        sources.map(|(file, text)| (file, imported(&text).map(str::to_owned).collect())).collect();
    for (file, imported) in &calls {
        let unknown = imported.iter().find(|other| !calls.contains_key(*other));
        assert_eq!(unknown, None, "{file} imports what is no module");
    }
    calls
}

/// The modules of its own package that a text of Python imports.
fn imported(text: &str) -> impl Iterator<Item = &str> {
    let imports = text.lines().filter_map(|line| line.trim().strip_prefix("from ."));
    imports.filter_map(|import| import.split_once(" import ")).flat_map(|(module, names)| {
        // `from . import a, b as c` names modules, `from .a import B` one.
        let names = if module.trim().is_empty() { names } else { module };
        names.split(',').filter_map(|name| name.split_whitespace().next())
    })
}

/// The files of Rust of a folder of `crates`, without their `.rs`, and their texts.
fn sources(folder: &str) -> BTreeMap<String, String> {
    texts(folder, "rs")
}

/// The files with that extension, without it.
fn texts(folder: &str, wanted: &str) -> BTreeMap<String, String> {
    fn add(folder: &Path, prefix: &str, wanted: &str, all: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_stem().unwrap().to_str().unwrap());
            if path.is_dir() {
                add(&path, &format!("{name}/"), wanted, all);
            } else if path.extension().is_some_and(|extension| extension == wanted) {
                all.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    add(&root().join("crates").join(folder), "", wanted, &mut all);
    assert!(!all.is_empty(), "{folder} has no sources");
    all
}

/// Which files of a folder call which.
fn calls(folder: &str) -> Calls {
    let sources = sources(folder);
    let files: BTreeSet<&str> = sources.keys().map(String::as_str).collect();
    let mut calls = Calls::new();
    for (file, text) in &sources {
        let own: Vec<&str> = match file.as_str() {
            "lib" | "main" => Vec::new(),
            _ => file.split('/').filter(|part| *part != "mod").collect(),
        };
        let called = Paths::of(text).0.into_iter().filter_map(|path| {
            let (mut at, mut rest) = (own.clone(), path.iter().map(String::as_str).peekable());
            let is_child = match *rest.peek()? {
                "crate" => {
                    at.clear();
                    rest.next();
                    false
                }
                "self" | "super" => {
                    while let Some(step) = rest.next_if(|step| ["self", "super"].contains(step)) {
                        if step == "super" {
                            at.pop()?;
                        }
                    }
                    false
                }
                _ => true,
            };
            let mut found = (!is_child).then(|| file_of(&files, &at)).flatten();
            for part in rest {
                at.push(part);
                // A module without a file of its own is part of another's.
                match file_of(&files, &at) {
                    Some(file) => found = Some(file),
                    None if files.iter().any(|file| file.starts_with(&(at.join("/") + "/"))) => {}
                    None => break,
                }
            }
            found.filter(|found| found != file)
        });
        let called = called.collect();
        calls.insert(file.clone(), called);
    }
    calls
}

/// The file of a module that has one.
fn file_of(files: &BTreeSet<&str>, module: &[&str]) -> Option<String> {
    let path = module.join("/");
    let names = match module {
        [] => ["lib".to_owned(), "main".to_owned()],
        _ => [path.clone(), format!("{path}/mod")],
    };
    names.into_iter().find(|name| files.contains(name.as_str()))
}

/// Files that call each other, if there are any.
fn circle(calls: &Calls) -> Option<String> {
    fn walk<'a>(
        file: &'a str,
        calls: &'a Calls,
        path: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) -> Option<String> {
        if let Some(start) = path.iter().position(|other| *other == file) {
            return Some(format!("{}, {file}", path[start..].join(", ")));
        }
        if !done.insert(file) {
            return None;
        }
        path.push(file);
        let called = calls.get(file).into_iter().flatten();
        let found = called.into_iter().find_map(|other| walk(other, calls, path, done));
        path.pop();
        found
    }
    let mut done = BTreeSet::new();
    calls.keys().find_map(|file| walk(file, calls, &mut Vec::new(), &mut done))
}

/// The paths that a text names, as it writes them.
struct Paths(Vec<Vec<String>>);

impl Paths {
    fn of(text: &str) -> Self {
        let mut paths = Paths(Vec::new());
        paths.scan(&trees(text.parse().unwrap()), 0);
        paths
    }

    /// Reads `trees`, which stand in `depth` modules within the file's.
    fn scan(&mut self, trees: &[TokenTree], depth: usize) {
        let mut i = 0;
        while i < trees.len() {
            match &trees[i] {
                TokenTree::Ident(word) if word == "mod" => {
                    if let [_, TokenTree::Ident(_), TokenTree::Group(body), ..] = &trees[i..] {
                        if i == 0 || !is_cfg_test(&trees[i - 1]) {
                            self.scan(&self::trees(body.stream()), depth + 1);
                        }
                        i += 3;
                        continue;
                    }
                }
                TokenTree::Ident(_) if is_colons(trees.get(i + 1), trees.get(i + 2)) => {
                    let is_rest = i > 1 && is_colons(trees.get(i - 2), trees.get(i - 1));
                    // What `$crate` names is called where the macro is.
                    let is_macros = i > 0 && is(&trees[i - 1], '$');
                    if !is_rest && !is_macros {
                        self.path(&trees[i..], &mut Vec::new(), depth);
                    }
                }
                // The rest of a path, read with it.
                TokenTree::Group(_) if i > 1 && is_colons(trees.get(i - 2), trees.get(i - 1)) => {}
                TokenTree::Group(group) => self.scan(&self::trees(group.stream()), depth),
                _ => {}
            }
            i += 1;
        }
    }

    /// Adds the path, or the paths, that `trees` begin with.
    fn path(&mut self, trees: &[TokenTree], before: &mut Vec<String>, depth: usize) {
        let length = before.len();
        let mut rest = trees;
        while let [TokenTree::Ident(part), next @ ..] = rest {
            before.push(part.to_string());
            rest = match next {
                [a, b, after @ ..] if is_colons(Some(a), Some(b)) => after,
                _ => &[],
            };
        }
        match rest {
            [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Brace => {
                for part in self::trees(group.stream()).split(|tree| is(tree, ',')) {
                    self.path(part, before, depth);
                }
            }
            _ if !trees.is_empty() => {
                let mut path = before.clone();
                if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
                    path.pop();
                }
                // From within a module of the file's the way up begins there.
                for _ in 0..depth {
                    if path[0] == "super" {
                        path.remove(0);
                    }
                }
                if path.len() < before.len() && depth > 0 && before[0] == "super" {
                    path.insert(0, "self".to_owned());
                }
                self.0.push(path);
            }
            _ => {}
        }
        before.truncate(length);
    }
}

fn trees(tokens: TokenStream) -> Vec<TokenTree> {
    tokens.into_iter().collect()
}

fn is(tree: &TokenTree, c: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == c)
}

fn is_colons(a: Option<&TokenTree>, b: Option<&TokenTree>) -> bool {
    a.is_some_and(|a| is(a, ':')) && b.is_some_and(|b| is(b, ':'))
}

fn is_cfg_test(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(group) if group.stream().to_string().replace(' ', "") == "cfg(test)")
}
