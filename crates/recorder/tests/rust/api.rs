//! All that tokio gives to a program is wrapped by the stand-in, or known to be
//! safe as it is: `passed.txt` lists the latter, under the reason.
//!
//! What tokio has is read off its sources. A new version that has more makes this
//! fail: look at what came, then wrap it (CONTRIBUTING says how) or list it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use recorder::program::Program;
use recorder::rust;
use syn::{Attribute, ImplItem, Item, TraitItem, Type, UseTree, Visibility};

use crate::support::root;

/// What comes as it is, under reasons that begin with `#`: an item a line, or all
/// of a type or a module as `net::*`.
const PASSED: &str = include_str!("passed.txt");

/// Modules of modules whose types have names that others have, too.
const INNER: [&str; 5] = ["mpsc", "broadcast", "oneshot", "watch", "unix"];

/// The folder of the sources of the tokio that is recorded.
fn tokio() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--offline", "--format-version", "1"]).current_dir(root());
    let output = command.output().unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let tokio = packages.iter().find(|package| package["name"] == "tokio").unwrap();
    Path::new(tokio["manifest_path"].as_str().unwrap()).with_file_name("src")
}

/// All files below `folder`, by their module: `sync::mpsc::bounded`.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(folder).unwrap().with_extension("");
                let parts = name.iter().map(|part| part.to_str().unwrap());
                let parts: Vec<&str> = parts.filter(|part| *part != "mod").collect();
                found.insert(parts.join("::"), std::fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

/// Where a reader finds what is in a module: its first part, and the second where
/// names need it.
fn place(module: &str) -> String {
    let mut parts = module.split("::");
    let first = parts.next().unwrap();
    match (first, parts.next()) {
        ("runtime", Some("task")) => "task".to_owned(),
        (first, Some(second)) if INNER.contains(&second) => format!("{first}::{second}"),
        (first, _) => first.to_owned(),
    }
}

/// What a file has, in tokio.
#[derive(Default)]
struct Has {
    /// Functions, and methods as `Type::method`.
    items: BTreeSet<String>,
    /// What `pub use` names.
    used: BTreeSet<String>,
    /// What is public within it.
    types: BTreeSet<String>,
    /// Its public modules.
    modules: BTreeSet<String>,
}

fn is_public(visibility: &Visibility, attributes: &[Attribute]) -> bool {
    // What the program cannot see, or what only some other system has.
    let hidden = ["doc (hidden)", "loom", "windows", "aio", "uring", "taskdump", "test)"];
    let is_hidden = attributes.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        let name = list.path.get_ident().map(ToString::to_string).unwrap_or_default();
        let text = format!("{name} ({})", list.tokens);
        let is_cfg = name == "cfg" || name == "doc";
        is_cfg && !text.contains("not (") && hidden.iter().any(|hidden| text.contains(hidden))
    });
    matches!(visibility, Visibility::Public(_)) && !is_hidden
}

impl Has {
    fn names(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.names(&path.tree),
            UseTree::Name(name) => drop(self.used.insert(name.ident.to_string())),
            UseTree::Rename(rename) => drop(self.used.insert(rename.rename.to_string())),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.names(tree)),
            UseTree::Glob(_) => {}
        }
    }

    /// Takes what a macro wraps, such as `cfg_rt! { … }`.
    fn wrapped(name: &syn::Path, tokens: &TokenStream) -> Option<TokenStream> {
        let name = name.segments.last()?.ident.to_string();
        let not = [
            "cfg_not",
            "cfg_loom",
            "cfg_aio",
            "cfg_windows",
            "cfg_io_uring",
            "cfg_taskdump",
            "cfg_metrics_variant",
        ];
        let is_cfg = name.starts_with("cfg_") && !not.iter().any(|not| name.starts_with(not));
        (is_cfg || name == "feature").then(|| tokens.clone())
    }

    fn method(&mut self, of: &str, name: &syn::Ident) {
        self.items.insert(format!("{of}::{name}"));
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Use(item) if is_public(&item.vis, &item.attrs) => self.names(&item.tree),
                Item::Mod(item) if is_public(&item.vis, &item.attrs) => {
                    self.modules.insert(item.ident.to_string());
                    if let Some((_, items)) = &item.content {
                        self.items(items);
                    }
                }
                Item::Fn(item) if is_public(&item.vis, &item.attrs) => {
                    self.items.insert(item.sig.ident.to_string());
                }
                Item::Struct(item) if is_public(&item.vis, &item.attrs) => {
                    self.types.insert(item.ident.to_string());
                }
                Item::Enum(item) if is_public(&item.vis, &item.attrs) => {
                    self.types.insert(item.ident.to_string());
                }
                Item::Trait(item) if is_public(&item.vis, &item.attrs) => {
                    self.types.insert(item.ident.to_string());
                    let methods = item.items.iter().filter_map(|item| match item {
                        TraitItem::Fn(method) => Some(&method.sig.ident),
                        _ => None,
                    });
                    methods.for_each(|method| self.method(&item.ident.to_string(), method));
                }
                Item::Impl(item) if item.trait_.is_none() => {
                    let Type::Path(of) = &*item.self_ty else { continue };
                    let of = of.path.segments.last().unwrap().ident.to_string();
                    self.methods(&of, &item.items);
                }
                Item::Macro(item) => {
                    let Some(tokens) = Has::wrapped(&item.mac.path, &item.mac.tokens) else {
                        continue;
                    };
                    // `feature!` begins with `#![…]`, which is an attribute of the file then.
                    let file = syn::parse2::<syn::File>(tokens).expect("items");
                    self.items(&file.items);
                }
                _ => {}
            }
        }
    }

    fn methods(&mut self, of: &str, items: &[ImplItem]) {
        for item in items {
            match item {
                ImplItem::Fn(method) if is_public(&method.vis, &method.attrs) => {
                    self.method(of, &method.sig.ident);
                }
                ImplItem::Macro(item) => {
                    let Some(tokens) = Has::wrapped(&item.mac.path, &item.mac.tokens) else {
                        continue;
                    };
                    let text = format!("impl {of} {{ {tokens} }}");
                    let item = syn::parse_str::<syn::ItemImpl>(&text)
                        .unwrap_or_else(|error| panic!("{error}: {text}"));
                    self.methods(of, &item.items);
                }
                _ => {}
            }
        }
    }
}

/// All public items of tokio: `sync::Mutex::lock`, `time::sleep`.
fn public() -> BTreeSet<String> {
    let mut all: BTreeMap<String, Has> = BTreeMap::new();
    for (module, text) in files(&tokio()) {
        let internal = ["loom", "util", "fuzz", "doc", "future", "macros", "blocking", "lib"];
        let first = module.split("::").next().unwrap();
        if internal.contains(&first) || module.contains("test") || module.contains("windows") {
            continue;
        }
        let mut has = Has::default();
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{module}: {error}"));
        has.items(&file.items);
        all.insert(module, has);
    }
    let used: BTreeSet<String> = all.values().flat_map(|has| has.used.iter().cloned()).collect();
    let is_reached = |module: &str| {
        let parts: Vec<&str> = module.split("::").collect();
        (1..parts.len()).all(|n| {
            let parent = all.get(&parts[..n].join("::"));
            parent.is_some_and(|has| has.modules.contains(parts[n]))
        })
    };
    let types: BTreeSet<(String, String)> = all
        .iter()
        .flat_map(|(module, has)| has.types.iter().map(move |name| (module, name)))
        .filter(|(module, name)| is_reached(module) || used.contains(*name))
        .map(|(module, name)| (place(module), name.clone()))
        .collect();
    let mut public = BTreeSet::new();
    for (module, has) in &all {
        let place = place(module);
        for item in &has.items {
            let is_public = match item.split_once("::") {
                Some((of, _)) => types.contains(&(place.clone(), of.to_owned())),
                None => is_reached(module) || used.contains(item),
            };
            if is_public {
                public.insert(format!("{place}::{item}"));
            }
        }
    }
    public
}

/// What a file of the stand-in defines: functions by name, those that a macro makes
/// of a name and a colon, and the types that it is about.
fn defined(tokens: TokenStream, in_macro: bool, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let is = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == c);
        match token {
            TokenTree::Group(group) => {
                let is_macro = at > 0 && is(at - 1, '!') && group.delimiter() == Delimiter::Brace;
                defined(group.stream(), in_macro || is_macro, found);
            }
            TokenTree::Ident(name) => {
                let before = at.checked_sub(1).map(|before| tokens[before].to_string());
                let keys = ["fn", "struct", "trait", "impl", "for"];
                let is_key = before.is_some_and(|before| keys.contains(&before.as_str()));
                let is_type = name.to_string().starts_with(char::is_uppercase);
                if is_key || is_type || in_macro && is(at + 1, ':') {
                    found.insert(name.to_string());
                }
            }
            _ => {}
        }
    }
}

/// The files of the stand-in, by the place that they stand for.
fn stand_in() -> Vec<(String, BTreeSet<String>)> {
    let files = files(&root().join("crates/rec-tokio/src"));
    let shims = files.iter().filter(|(module, _)| !module.starts_with("rec"));
    let has = |(module, text): (&String, &String)| {
        let mut found = BTreeSet::new();
        defined(text.parse().unwrap(), false, &mut found);
        (place(module), found)
    };
    shims.map(has).collect()
}

#[test]
fn all_of_tokio_is_wrapped_or_known_to_be_safe_as_it_is() {
    let stand_in = stand_in();
    let is_wrapped = |item: &str| {
        let name = item.rsplit("::").next().unwrap();
        let rest = &item[..item.len() - name.len() - 2];
        let (of, of_type) = match rest.rsplit_once("::") {
            Some((of, name)) if name.starts_with(char::is_uppercase) => (of, Some(name)),
            _ => (rest, None),
        };
        stand_in.iter().any(|(place, defined)| {
            place == of && defined.contains(name) && of_type.is_none_or(|of| defined.contains(of))
        })
    };
    let listed: Vec<&str> =
        PASSED.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let fits = |line: &str, item: &str| match line.strip_suffix('*') {
        Some(start) => item.starts_with(start),
        None => item == line,
    };
    let public = public();
    assert!(public.len() > 700, "only {} public items: {public:?}", public.len());
    for known in ["sync::Mutex::lock", "sync::mpsc::Sender::send", "task::Builder::spawn"] {
        assert!(public.contains(known), "{known} is not seen");
    }
    let missing: Vec<&String> = public
        .iter()
        .filter(|item| !is_wrapped(item) && !listed.iter().any(|line| fits(line, item)))
        .collect();
    assert!(missing.is_empty(), "neither wrapped nor listed in passed.txt: {missing:#?}");
    let stale: Vec<&&str> = listed
        .iter()
        .filter(|line| !public.iter().any(|item| fits(line, item) && !is_wrapped(item)))
        .collect();
    assert!(stale.is_empty(), "passed.txt lists what is wrapped, or gone: {stale:#?}");
}

/// tokio's own list of what can be sent to another thread and what can be shared,
/// compiled with the stand-in. That some of it cannot be moved, as tokio's could not,
/// no program needs.
#[test]
fn what_can_be_sent_and_shared_is_what_tokio_says() {
    let list = tokio().with_file_name("tests").join("async_send_sync.rs");
    let list = std::fs::read_to_string(list).unwrap();
    for part in ["#![cfg(feature = \"full\")]", "AmbiguousIfUnpin::some_item(", "bytes::Bytes"] {
        assert!(list.contains(part), "tokio's list has no `{part}` any more");
    }
    let list = list
        .replace("#![cfg(feature = \"full\")]", "")
        .replace("AmbiguousIfUnpin::some_item(", "let _ = (")
        .replace("bytes::Bytes", "&'static [u8]");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("send_and_sync.rs");
    std::fs::write(&path, format!("{list}\nfn main() {{}}\n")).unwrap();
    let program = Program::at(&path).unwrap();
    rust::compile(std::slice::from_ref(&program)).unwrap();
}
