//! Where in the sources of a book something stands that is wrong in its site.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::links::Problem;

/// The texts that a site is made from: chapters, theme and `book.toml`.
pub struct Sources(Vec<(String, String)>);

impl Sources {
    /// Reads those of the book at `root`.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn read(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        for part in ["src", "theme", "book.toml"] {
            texts(root, part, &mut files)?;
        }
        Ok(Self(files))
    }

    /// The problem with its file and line in the sources, where it is found
    /// there; of the site, where it is not.
    pub fn locate(&self, problem: &Problem) -> String {
        let Problem { file, address, what, .. } = problem;
        // mdBook renames what leads to a chapter.
        let written = [address.clone(), address.replacen(".html", ".md", 1)];
        let found = |(_, text): &&(String, String)| {
            text.lines().position(|line| written.iter().any(|address| stands_in(address, line)))
        };
        // The first chapter stands in `index.html` too, and the theme everywhere.
        let all = || self.0.iter().find_map(|one| Some((&one.0, found(&one)?)));
        let own = self.0.iter().find(|(path, _)| is_made_of(file, path));
        let place = own.and_then(|one| Some((&one.0, found(&one)?))).or_else(all);
        match (place, own) {
            (Some((path, line)), _) => format!("{path}:{}: {what}", line + 1),
            (None, Some((path, _))) => format!("{path}: {what}"),
            (None, None) => problem.to_string(),
        }
    }
}

/// Whether mdBook makes the site's `file` of what is at `path`: `a.html` of
/// `src/a.md`, `theme/a-0123abcd.js` of `theme/a.js`.
fn is_made_of(file: &str, path: &str) -> bool {
    let path = path.strip_prefix("src/").unwrap_or(path);
    let (stem, kind) = path.rsplit_once('.').unwrap_or((path, ""));
    let kind = if kind == "md" { "html" } else { kind };
    let name = file.strip_suffix(kind).and_then(|name| name.strip_suffix('.'));
    let rest = name.and_then(|name| name.strip_prefix(stem));
    rest.is_some_and(|rest| rest.is_empty() || kind != "html" && rest.starts_with('-'))
}

/// Whether a line has this address, and not one that begins with it.
fn stands_in(address: &str, line: &str) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || "-_".contains(c);
    line.match_indices(address).any(|(at, _)| !line[at + address.len()..].starts_with(goes_on))
}

/// Reads the file `name` below `root`, or all files of text in the folder.
fn texts(root: &Path, name: &str, found: &mut Vec<(String, String)>) -> Result<()> {
    let path = root.join(name);
    if path.is_file() {
        let text = fs::read(&path).with_context(|| path.display().to_string())?;
        // Images, and whatever else has no lines.
        found.extend(String::from_utf8(text).ok().map(|text| (name.to_owned(), text)));
        return Ok(());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(&path).into_iter().flatten() {
        let entry = entry.with_context(|| path.display().to_string())?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    names.iter().try_for_each(|file| texts(root, &format!("{name}/{file}"), found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_found_where_its_address_was_written() {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("src/a.md", "# A\nhttps://cdn.example\n[x](deep/b.md#gone)\n"),
            ("src/deep/b.md", "# B\n[x](#no-more) \n\n[x](#no) [x](../gone.md)\n"),
            ("theme/head.js", "\nfetch('https://cdn.example/x')\n"),
            ("theme/header.js", "fetch('https://cdn.example/x')\n"),
        ] {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::write(root.path().join("theme/picture.png"), b"\xff").unwrap();
        let sources = Sources::read(root.path()).unwrap();
        let locate = |file: &str, address: &str| {
            let (file, address) = (file.to_owned(), address.to_owned());
            sources.locate(&Problem { file, line: Some(70), address, what: "wrong".to_owned() })
        };
        assert_eq!(locate("a.html", "deep/b.html#gone"), "src/a.md:3: wrong");
        assert_eq!(locate("index.html", "deep/b.html#gone"), "src/a.md:3: wrong");
        assert_eq!(locate("deep/b.html", "#no"), "src/deep/b.md:4: wrong");
        assert_eq!(locate("deep/b.html", "../gone.html"), "src/deep/b.md:4: wrong");
        assert_eq!(locate("theme/head-0a1b.js", "cdn.example"), "theme/head.js:2: wrong");
        assert_eq!(locate("a.html", "play.rust-lang.org"), "src/a.md: wrong");
        assert_eq!(locate("toc.html", "nowhere"), "toc.html:70: wrong");
    }
}
