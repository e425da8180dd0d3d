//! A book as it lies on the disk, read once: its pages with their marked
//! regions, its examples with their programs, its recordings. Whoever asks for
//! one of them gets it from here, and reads no folder again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, anyhow};
use recording::event::{Language, Recording};
use recording::listing::Listing;

use crate::fences::{self, Markdown};
use crate::regions::{self, Region, View};
use crate::store::{self, Stored};

/// The word of the markers around the book's own figures.
pub const COUNTED: &str = "counted";

/// The word of the markers around an exercise.
pub const EXERCISE: &str = "exercise";

/// A page: a chapter, or the README.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// Its file, below the book's root.
    pub path: PathBuf,
    /// Its markdown.
    pub text: String,
    /// Its regions; none if any marker is wrong.
    pub regions: Vec<Region>,
}

impl Chapter {
    /// Its fences, and what is wrong with its markdown.
    pub fn markdown(&self) -> Markdown {
        fences::read(&self.text)
    }

    /// Its path below `src`, as the summary and the links of other pages name it.
    pub fn name(&self) -> &Path {
        self.path.strip_prefix("src").unwrap_or(&self.path)
    }
}

/// A folder in `examples/`: a `main.rs` and its twin in asyncio, `main.py`.
#[derive(Clone, Debug)]
pub struct Example {
    /// The folder's name.
    pub name: String,
    sources: Vec<Source>,
}

/// A program of an example, with its text or why that cannot be had.
#[derive(Clone, Debug)]
pub struct Source {
    /// The language that it is written in.
    pub language: Language,
    /// Its file.
    pub path: PathBuf,
    text: Result<String, String>,
}

impl Source {
    /// The file of the example `name`, whether it exists or not.
    pub fn path(root: &Path, name: &str, language: Language) -> PathBuf {
        root.join("examples").join(name).join(file(language))
    }

    /// Reads a program.
    pub fn read(path: PathBuf, language: Language) -> Self {
        let text = fs::read_to_string(&path);
        let text = text.map_err(|error| format!("{}: {error}", path.display()));
        Source { language, path, text }
    }

    /// Its text.
    ///
    /// # Errors
    ///
    /// When the file could not be read.
    pub fn text(&self) -> Result<&str> {
        self.text.as_deref().map_err(|why| anyhow!("{why}"))
    }

    /// What the book shows of it.
    ///
    /// # Errors
    ///
    /// When the file could not be read, or its anchors are wrong.
    pub fn listing(&self) -> Result<Listing> {
        Listing::of(self.text()?).with_context(|| self.path.display().to_string())
    }
}

impl Example {
    /// The one in a folder; none where that has no program.
    fn of(folder: &Path) -> Option<Self> {
        let languages = [Language::Rust, Language::Python].into_iter();
        let files = languages.map(|language| (folder.join(file(language)), language));
        let sources: Vec<Source> = files
            .filter(|(path, _)| path.is_file())
            .map(|(path, language)| Source::read(path, language))
            .collect();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (!sources.is_empty()).then_some(Example { name, sources })
    }

    /// Its program in `language`, if there is one.
    pub fn program(&self, language: Language) -> Option<&Source> {
        self.sources.iter().find(|source| source.language == language)
    }

    /// What happens in it, in the words of its header: the lines before `Watch`.
    ///
    /// # Errors
    ///
    /// When the program could not be read.
    pub fn idea(&self) -> Result<String> {
        let Some(program) = self.program(Language::Rust) else { return Ok(String::new()) };
        let lines = program.text()?.lines().map_while(|line| line.strip_prefix("//! "));
        let idea: Vec<&str> = lines.take_while(|line| !line.starts_with("Watch")).collect();
        Ok(idea.join(" "))
    }
}

/// A file of the folder of the recordings.
#[derive(Debug)]
pub struct Kept {
    /// What it says.
    pub text: String,
    /// The same understood, once somebody has asked for it.
    stored: OnceLock<Result<Stored, String>>,
}

impl Kept {
    fn new(text: String) -> Self {
        Kept { text, stored: OnceLock::new() }
    }

    /// What it keeps.
    ///
    /// # Errors
    ///
    /// When it is no recording.
    pub fn stored(&self) -> Result<&Stored> {
        let read = || Stored::from_js(&self.text).map_err(|error| format!("{error:#}"));
        self.stored.get_or_init(read).as_ref().map_err(|why| anyhow!("{why}"))
    }
}

/// A whole book.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Its folder.
    pub root: PathBuf,
    /// Its pages, in the order of their paths.
    pub pages: Vec<Chapter>,
    /// What the markers on them have wrong, each with its file and line.
    pub problems: Vec<String>,
    /// Its examples, in the order of their names.
    pub examples: Vec<Example>,
    /// The files of its recordings by their paths below the root, those too that
    /// no page shows. Copies of a book share them.
    pub recordings: Arc<BTreeMap<PathBuf, Kept>>,
}

impl Book {
    /// Reads `README.md`, every markdown file below `src/`, the folders in
    /// `examples/` that have a program, and the recordings.
    ///
    /// # Errors
    ///
    /// When a page, a recording or a folder cannot be read.
    pub fn read(root: &Path) -> Result<Self> {
        let mut book = Book { root: root.to_owned(), ..Book::default() };
        let mut paths = vec![root.join("README.md")];
        markdown(&root.join("src"), &mut paths)?;
        paths.sort();
        for path in paths {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let path = path.strip_prefix(root).unwrap_or(&path).to_owned();
            let (mut regions, mut problems) = regions::parse(&text);
            problems.extend(regions::parse_kind(COUNTED, &text).1);
            problems.extend(regions::parse_kind(EXERCISE, &text).1);
            if !problems.is_empty() {
                regions.clear();
            }
            for problem in problems {
                let place = format!("{}:{}", path.display(), problem.line);
                book.problems.push(format!("{place}: {}", problem.why));
            }
            book.pages.push(Chapter { path, text, regions });
        }
        book.examples = examples(root)?;
        book.recordings = Arc::new(recordings(root)?);
        Ok(book)
    }

    /// The file that keeps what `example` did in `language`, if there is one.
    pub fn kept(&self, example: &str, language: Language) -> Option<&Kept> {
        self.recordings.get(&store::path(example, language))
    }

    /// What `example` did in `language`, if that is kept.
    pub fn recording(&self, example: &str, language: Language) -> Option<&Recording> {
        Some(&self.kept(example, language)?.stored().ok()?.recording)
    }

    /// The example of that name.
    pub fn example(&self, name: &str) -> Option<&Example> {
        self.examples.iter().find(|example| example.name == name)
    }

    /// The page at `path`, below the book's root.
    pub fn page(&self, path: &str) -> Option<&Chapter> {
        self.pages.iter().find(|page| page.path == Path::new(path))
    }

    /// The names of the pages in the order of the book.
    pub fn order(&self) -> Vec<&str> {
        let summary = self.page("src/SUMMARY.md").map_or("", |page| &page.text);
        summary.lines().filter_map(link).collect()
    }

    /// The examples that the pages show.
    pub fn shown(&self) -> BTreeSet<&str> {
        self.on_pages(|view| view != View::Table)
    }

    /// Those of which they show a run, and not the listing alone: a program
    /// that computes, or starts others, is timed instead of recorded.
    pub fn recorded(&self) -> BTreeSet<&str> {
        self.on_pages(|view| !matches!(view, View::Table | View::Listing))
    }

    fn on_pages(&self, shows: impl Fn(View) -> bool) -> BTreeSet<&str> {
        let marks = self.pages.iter().flat_map(|page| &page.regions).map(|region| &region.mark);
        marks.filter(|mark| shows(mark.view)).map(|mark| mark.example.as_str()).collect()
    }
}

/// Where a line of the summary leads: `a.md` of `- [A](a.md)`.
fn link(line: &str) -> Option<&str> {
    line.trim().split_once("](")?.1.strip_suffix(')')
}

fn file(language: Language) -> &'static str {
    if language == Language::Rust { "main.rs" } else { "main.py" }
}

/// The examples of the book at `root` by name: the folders in `examples/` that have a
/// program.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn examples(root: &Path) -> Result<Vec<Example>> {
    let folders = entries(&root.join("examples"))?;
    let mut examples: Vec<Example> = folders.iter().filter_map(|path| Example::of(path)).collect();
    examples.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(examples)
}

/// The example of that name, if there is one: the name is compared with those of the
/// folders and never becomes a path.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn example(root: &Path, name: &str) -> Result<Option<Example>> {
    let mut folders = entries(&root.join("examples"))?.into_iter();
    let folder = folders.find(|path| path.file_name().is_some_and(|of| of == name));
    Ok(folder.and_then(|path| Example::of(&path)))
}

/// What is in a folder, by name.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = || -> io::Result<Vec<PathBuf>> {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        entries.sort();
        Ok(entries)
    };
    read().with_context(|| folder.display().to_string())
}

/// Reads the folder of the recordings; what is hidden in it is none.
fn recordings(root: &Path) -> Result<BTreeMap<PathBuf, Kept>> {
    let folder = root.join(store::FOLDER);
    let mut files = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for path in entries(&folder)? {
        let name = path.file_name().unwrap_or_default();
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            // Somebody has deleted it meanwhile.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) if error.kind() == ErrorKind::IsADirectory => Vec::new(),
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        files.insert(Path::new(store::FOLDER).join(name), Kept::new(text));
    }
    Ok(files)
}

fn markdown(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for path in entries(folder)? {
        if path.is_dir() {
            markdown(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_found_by_its_program_and_what_is_none_is_kept_as_it_is() {
        let root = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &[u8]| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put("README.md", b"");
        put("src/SUMMARY.md", b"");
        fs::create_dir(root.path().join("examples")).unwrap();
        assert!(Book::read(root.path()).unwrap().recordings.is_empty());
        let js = "contextSwitch.recording(\"v5\", \"rust\", 1, [\n{\"format\":2,\"program\":\"v5\",\
                  \"language\":\"rust\",\"runtime\":\"tokio 1.54.1\",\"clock\":\"virtual\",\
                  \"class\":\"exact\"},\n], [\n]);\n";
        put("src/recordings/v5.rust.js", js.as_bytes());
        put("src/recordings/v5.python.js", &[0xff]);
        put("src/recordings/.v6.rust.js", js.as_bytes());
        let book = Book::read(root.path()).unwrap();
        let recording = book.recording("v5", Language::Rust).expect("it is there");
        assert_eq!(recording.header.program, "v5");
        assert!(book.recording("v5", Language::Python).is_none());
        assert!(book.kept("v5", Language::Python).unwrap().stored().is_err());
        assert!(book.kept("v6", Language::Rust).is_none());
        assert_eq!(book.recordings.len(), 2);
        // It is the same one for whoever asks, of a copy too.
        let copy = book.clone();
        let again = copy.recording("v5", Language::Rust).unwrap();
        assert!(std::ptr::eq(recording, again));
    }
}
