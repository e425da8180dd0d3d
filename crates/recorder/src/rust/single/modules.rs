//! The modules of a single file that have files of their own beside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use syn::{Attribute, Expr, ExprLit, Item, Lit, Meta};

/// A file of a module: its name, counted from the folder of the main file, and its
/// text.
pub(super) type Module = (PathBuf, String);

/// The files of all modules of the file at `main`, which has this `text`. One that is
/// not there is left to the compiler, which may not want it either.
///
/// # Errors
///
/// When one cannot be read, or lies outside the folder of the main file.
pub(super) fn modules(main: &Path, text: &str) -> Result<Vec<Module>> {
    let folder = main.parent().unwrap_or(Path::new("")).to_owned();
    let mut found = Found { folder: folder.clone(), modules: Vec::new() };
    found.of_file(text, &folder, &folder)?;
    Ok(found.modules)
}

struct Found {
    /// Where the main file is.
    folder: PathBuf,
    modules: Vec<Module>,
}

impl Found {
    /// Takes the modules of a file with this `text`: those that say a path have it
    /// from `beside`, the others are in `within`.
    fn of_file(&mut self, text: &str, beside: &Path, within: &Path) -> Result<()> {
        match syn::parse_file(text) {
            Ok(file) => self.of_items(&file.items, beside, within),
            // The compiler says it better.
            Err(_) => Ok(()),
        }
    }

    fn of_items(&mut self, items: &[Item], beside: &Path, within: &Path) -> Result<()> {
        for item in items {
            let Item::Mod(module) = item else { continue };
            let name = module.ident.to_string();
            let name = name.trim_start_matches("r#");
            let inner = within.join(name);
            if let Some((_, items)) = &module.content {
                self.of_items(items, &inner, &inner)?;
            } else if let Some(path) = module.attrs.iter().find_map(path) {
                let path = beside.join(path);
                let folder = path.parent().unwrap_or(beside).to_owned();
                self.take(&path, &folder)?;
            } else {
                let file = within.join(format!("{name}.rs"));
                let file = if file.is_file() { file } else { inner.join("mod.rs") };
                self.take(&file, &inner)?;
            }
        }
        Ok(())
    }

    /// Takes the file at `path`, whose own modules are in `within`.
    fn take(&mut self, path: &Path, within: &Path) -> Result<()> {
        if !path.is_file() {
            return Ok(());
        }
        let shown = path.display();
        let name = path.strip_prefix(&self.folder).ok().filter(|name| {
            // A `..` would lead out of the copy as well.
            !name.components().any(|part| part.as_os_str() == "..")
        });
        let name = name.with_context(|| {
            format!("{shown} lies outside the folder of the main file; make it a package")
        })?;
        if self.modules.iter().any(|(known, _)| known == name) {
            return Ok(());
        }
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
        self.modules.push((name.to_owned(), text.clone()));
        self.of_file(&text, path.parent().unwrap_or(within), within)
    }
}

/// What `#[path = "other.rs"]` says.
fn path(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else { return None };
    match &meta.value {
        Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) if meta.path.is_ident("path") => {
            Some(path.value())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_found_where_the_compiler_finds_them() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("main.rs", ""),
            ("worker.rs", "mod tools; #[path = \"odd.rs\"] mod odd;"),
            ("worker/tools.rs", ""),
            ("odd.rs", ""),
            ("net/mod.rs", "pub mod fetch;"),
            ("net/fetch.rs", ""),
            ("inline/deep.rs", ""),
            ("nobody.rs", "mod worker;"),
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let main = folder.path().join("main.rs");
        let text = "mod worker; pub mod net; mod inline { mod deep; } #[cfg(windows)] mod gone;";
        let modules = super::modules(&main, text).unwrap();
        let names: Vec<_> = modules.iter().map(|(name, _)| name.to_str().unwrap()).collect();
        assert_eq!(
            names,
            [
                "worker.rs",
                "worker/tools.rs",
                "odd.rs",
                "net/mod.rs",
                "net/fetch.rs",
                "inline/deep.rs"
            ]
        );
        assert!(super::modules(&main, "fn main() {}").unwrap().is_empty());
    }

    #[test]
    fn a_module_outside_the_folder_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("shared.rs"), "").unwrap();
        let main = folder.path().join("a/main.rs");
        let error = modules(&main, "#[path = \"../shared.rs\"] mod shared;").unwrap_err();
        assert!(error.to_string().contains("shared.rs lies outside the folder"), "{error}");
    }
}
