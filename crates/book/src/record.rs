//! `record`: runs the examples and lets the recordings and the marked regions
//! of the pages follow; `record --check` only says what would change.
//!
//! A run goes through three steps: [`Plan::make`] records what the pages show
//! and finds the files that differ; then they are either written or shown.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::path::Path;
use std::slice;

use anyhow::{Context, Result, anyhow, bail, ensure};
use draw::{self, Scene};
use pages::exercises;
use pages::library::{Book, Chapter, EXERCISE, Source};
use pages::regions::{self, Mark, View};
use pages::store;
use recorder::process;
use recorder::program::Program;
use recording::event::{Class, FORMAT, Language, Recording};
use recording::listing::Listing;
use trace::several::is_of;

use crate::catalogue;
use crate::change::{self, Change};
use crate::figures::Figures;
use crate::fresh::is_fresh;
use crate::runs::{Outcome, Runner};
use crate::staging;

/// What is to be recorded, and how.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The examples to record, folders of examples/; without a name, all that the pages show
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Write nothing: print what is stale as a diff, and fail if anything is
    #[arg(long)]
    pub check: bool,
}

/// What a run of the examples found.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files that are not as they should be.
    pub changes: Vec<Change>,
    /// What could not be done, each with its file.
    pub errors: Vec<String>,
    /// What was not done, because this machine lacks something.
    pub skipped: Vec<String>,
    /// How many programs were run.
    pub recorded: usize,
}

/// Runs the command.
///
/// # Errors
///
/// When a program could not be recorded, a marker is wrong or a file cannot be
/// written; with `--check` also when a file is stale. Nothing has been written
/// then.
pub fn record(root: &Path, options: &Options, runner: &dyn Runner) -> Result<()> {
    staging::sweep_below(&root.join("src"));
    let mut plan = Plan::make(&Book::read(root)?, &options.names, runner)?;
    ensure!(!process::is_interrupted(), "interrupted: nothing was written");
    if !options.check
        && plan.errors.is_empty()
        && let Err(error) = change::write_all(root, &plan.changes)
    {
        plan.errors.push(format!("{error:#}"));
    }
    let is_written = !options.check && plan.errors.is_empty();
    let result: String = match options.check {
        true => plan.changes.iter().map(Change::diff).collect(),
        false if !is_written => String::new(),
        false => plan.changes.iter().map(|change| format!("{}\n", change.path.display())).collect(),
    };
    // A reader that has had enough, as `head` may have, changes nothing.
    let _ = io::stdout().write_all(result.as_bytes());
    for skipped in &plan.skipped {
        eprintln!("skipped: {skipped}");
    }
    for error in &plan.errors {
        eprintln!("error: {error}");
    }
    let stale = plan.changes.len();
    eprintln!(
        "{} recorded; {} {}",
        recording::words::count(plan.recorded, "program"),
        recording::words::count(stale, "file"),
        match options.check {
            true => "stale",
            false if is_written => "changed",
            false => "would change",
        }
    );
    ensure!(
        plan.errors.is_empty(),
        "not all could be recorded: see above{}",
        if options.check { "" } else { "; nothing was written" }
    );
    if options.check && stale > 0 {
        bail!("{}", plan.mend());
    }
    Ok(())
}

impl Plan {
    /// Records the examples `names`, or all that the pages show, and compares.
    ///
    /// # Errors
    ///
    /// When a name is no example's, or the folder of the recordings cannot be
    /// read. What is wrong with a single program or marker is in the plan instead.
    pub fn make(book: &Book, names: &[String], runner: &dyn Runner) -> Result<Self> {
        for name in names {
            ensure!(book.example(name).is_some(), "there is no example `{name}` in examples/");
        }
        let wanted: BTreeSet<&str> = match names {
            [] => book.shown(),
            names => names.iter().map(String::as_str).collect(),
        };
        let mut plan = Plan { errors: book.problems.clone(), ..Plan::default() };
        for name in wanted.iter().filter(|name| !book.shown().contains(*name)) {
            // A page that is wrong somewhere tells nothing about what it shows.
            if book.problems.is_empty() {
                plan.errors.push(format!(
                    "no page shows examples/{name}: put `<!-- recorded: {name} listing -->` and \
                     `<!-- /recorded -->` into one"
                ));
            }
        }
        plan.orphans(book);

        let recorded = book.recorded();
        let mut programs = Vec::new();
        let mut takes = BTreeMap::new();
        for example in wanted.iter().filter_map(|name| book.example(name)) {
            for language in [Language::Rust, Language::Python] {
                let Some(source) = example.program(language) else { continue };
                let name = &example.name;
                if recorded.contains(name.as_str()) {
                    let (name, path) = (name.clone(), source.path.clone());
                    programs.push(Program { name, path, language, args: Vec::new() });
                } else {
                    let take = Take::unrecorded(source, &mut plan);
                    takes.insert((name.clone(), language), take);
                }
            }
        }
        let asked = many(book, &programs);
        let told = runner.many(&asked);
        let name = |(program, view): (Program, View)| (program.name, program.language, view);
        let many: Many = asked.into_iter().map(name).zip(told).collect();
        for (program, outcome) in programs.iter().zip(runner.run(&programs)) {
            let outcome = again(book, program, outcome, runner);
            let take = Take::new(book, program, outcome, &mut plan);
            takes.insert((program.name.clone(), program.language), take);
        }
        let recording =
            |name: &str, language: Language| match takes.get(&(name.to_owned(), language)) {
                Some(Take::Good(_, Some(recording))) => Some(recording),
                Some(Take::Good(_, None)) => None,
                _ => book.recording(name, language),
            };
        let facts = |name: &str, language| {
            recording(name, language).map(|it| draw::facts::parts(&Scene::new(it)))
        };
        let table = catalogue::table(book, facts)?;
        let runtime = |name: &str, language| {
            recording(name, language).map(|it| it.header.release().to_owned())
        };
        // What is counted are the pages as they will be.
        let mut after = book.clone();
        let mut because = Vec::new();
        let (exercises, wrong) = exercises::contents(book);
        plan.errors.extend(wrong);
        for page in &mut after.pages {
            let (new, changed) = plan.fill(page, &wanted, &takes, &many, &table);
            page.text =
                regions::fill_kind(EXERCISE, &new, |region| exercises.get(&region.mark).cloned());
            because.push(changed);
        }
        let figures = Figures::count(&after, runtime);
        for ((page, after), because) in book.pages.iter().zip(&after.pages).zip(because) {
            plan.compare(page, figures.fill(&after.text), because);
        }
        Ok(plan)
    }

    /// The command that mends what is stale, in a sentence.
    pub fn mend(&self) -> String {
        let because: BTreeSet<&str> =
            self.changes.iter().flat_map(|change| &change.because).map(String::as_str).collect();
        let mut command = "cargo run -- record".to_owned();
        // The table of all examples is written in every run.
        for name in because.into_iter().filter(|name| *name != "all") {
            command = format!("{command} {name}");
        }
        format!("the pages are not what the programs do: run `{command}`")
    }

    /// Recordings that no page shows any more.
    fn orphans(&mut self, book: &Book) {
        let shown = book.recorded();
        for path in book.recordings.keys() {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            let name = file.split('.').next().unwrap_or_default();
            // A page that is wrong somewhere tells nothing about what it shows.
            if !shown.contains(name) && book.problems.is_empty() {
                self.errors.push(format!(
                    "{}: no page shows this recording: show it, or delete it",
                    path.display()
                ));
            }
        }
    }

    /// The page with what was recorded between its markers, and the examples
    /// that change it.
    fn fill(
        &mut self,
        page: &Chapter,
        wanted: &BTreeSet<&str>,
        takes: &Takes,
        many: &Many,
        table: &str,
    ) -> (String, BTreeSet<String>) {
        let mut because = BTreeSet::new();
        let new = regions::fill(&page.text, |region| {
            let mark = &region.mark;
            if mark.view == View::Table && !page.regions.is_empty() {
                return Some(table.to_owned());
            }
            if page.regions.is_empty() || !wanted.contains(mark.example.as_str()) {
                return None;
            }
            let place = format!("{}:{}", page.path.display(), region.line);
            let program = (mark.example.clone(), mark.language);
            let content = match mark.view {
                view if MANY.contains(&view) => {
                    match (many.get(&(program.0.clone(), program.1, view)), takes.get(&program)) {
                        (Some(Ok(told)), _) => Some(Ok(told.as_deref().map(regions::many))),
                        (Some(Err(error)), _) => Some(Err(anyhow!("{error:#}"))),
                        // What was seen stays as it is while the program does.
                        (None, take) => take.map(|_| Ok(None)),
                    }
                }
                _ => takes.get(&program).map(|take| take.content(mark)),
            };
            match content {
                Some(Ok(content)) => {
                    let content = content?;
                    if page.text[region.body.clone()].trim() != content.trim() {
                        because.insert(mark.example.clone());
                    }
                    Some(content)
                }
                Some(Err(error)) => {
                    self.errors.push(format!("{place}: {error:#}"));
                    None
                }
                None => {
                    let program =
                        if mark.language == Language::Rust { "main.rs" } else { "main.py" };
                    self.errors
                        .push(format!("{place}: there is no examples/{}/{program}", mark.example));
                    None
                }
            }
        });
        (new, because)
    }

    /// Notes the page as stale if it is not to be as it is.
    fn compare(&mut self, page: &Chapter, new: String, mut because: BTreeSet<String>) {
        if new != page.text {
            if because.is_empty() {
                // Only empty lines differ.
                because.extend(page.regions.iter().map(|region| region.mark.example.clone()));
            }
            self.changes.push(Change {
                path: page.path.clone(),
                old: page.text.clone(),
                new,
                because: because.into_iter().collect(),
            });
        }
    }
}

/// The format of a recording, if it is one that this program does not know yet.
fn newer(js: &str) -> Option<u64> {
    let header = js.lines().nth(1)?.trim_end_matches(',');
    let header: serde_json::Value = serde_json::from_str(header).ok()?;
    header["format"].as_u64().filter(|format| *format > u64::from(FORMAT))
}

/// A program on the real clock that does not do what the book says may have
/// been disturbed by what else the machine has to do: it gets another chance.
fn again(book: &Book, program: &Program, mut outcome: Outcome, runner: &dyn Runner) -> Outcome {
    let Some(kept) = book.recording(&program.name, program.language) else { return outcome };
    for _ in 0..2 {
        match &outcome {
            Outcome::Ran(Ok(new)) if new.header.class != Class::Exact && !is_fresh(kept, new) => {
                outcome = runner.run(slice::from_ref(program)).remove(0);
            }
            _ => break,
        }
    }
    outcome
}

/// The views that are of many runs.
const MANY: [View; 4] = [View::Orders, View::WideOrders, View::Seen, View::SeenOnWorkers];

/// What the programs print in many runs, by the view of them; nothing where that
/// stays as it is.
type Many = BTreeMap<(String, Language, View), Result<Option<String>>>;

/// What is shown of many runs of these programs; of what was seen only that which is
/// not of the program as it is.
fn many(book: &Book, programs: &[Program]) -> Vec<(Program, View)> {
    let mut asked = Vec::new();
    for program in programs {
        let source = book.example(&program.name).and_then(|it| it.program(program.language));
        let text = source.and_then(|source| source.text().ok()).unwrap_or_default();
        for view in MANY {
            let is_asked = book.pages.iter().any(|page| {
                page.regions.iter().any(|region| {
                    let Mark { example, language, view: shown, .. } = &region.mark;
                    let is_of_it =
                        (shown, example, *language) == (&view, &program.name, program.language);
                    let kept = || regions::told(&page.text[region.body.clone()]);
                    let stays =
                        || matches!(view, View::Seen | View::SeenOnWorkers) && is_of(kept(), text);
                    is_of_it && !stays()
                })
            });
            if is_asked {
                asked.push((program.clone(), view));
            }
        }
    }
    asked
}

type Takes = BTreeMap<(String, Language), Take>;

/// What the regions of one program are filled from.
enum Take {
    /// Its listing, and its recording if there is any.
    Good(Listing, Option<Recording>),
    /// It failed, which is reported already: its regions stay as they are.
    Failed,
}

impl Take {
    /// Compares a run with what the book keeps; what differs goes to `plan`.
    fn new(book: &Book, program: &Program, outcome: Outcome, plan: &mut Plan) -> Self {
        let Program { name, path, language, .. } = program;
        let root = &book.root;
        let file = path.strip_prefix(root).unwrap_or(path);
        let source = book.example(name).and_then(|example| example.program(*language));
        let listing = source.context("it is gone").and_then(Source::listing);
        let listing = match listing {
            Ok(listing) => listing,
            Err(error) => {
                plan.errors.push(format!("{error:#}"));
                return Take::Failed;
            }
        };
        let path = store::path(name, *language);
        let old = book.kept(name, *language).map_or("", |kept| &kept.text);
        if let Some(format) = newer(old) {
            plan.errors.push(format!(
                "{}: this recording is of format {format}, and this program knows up to {FORMAT}: \
                 it stays as it is; update the program, or delete the recording",
                path.display()
            ));
            return Take::Failed;
        }
        let kept = book.recording(name, *language).cloned();
        let new = match outcome {
            Outcome::Ran(Ok(new)) => new,
            Outcome::Ran(Err(error)) => {
                plan.errors.push(format!("{}: {error:#}", file.display()));
                return Take::Failed;
            }
            Outcome::Skipped(why) => {
                plan.skipped.push(format!("{}: {why}", file.display()));
                return Take::Good(listing, kept);
            }
        };
        plan.recorded += 1;
        let recording = match kept {
            Some(kept) if is_fresh(&kept, &new) => kept,
            _ => new,
        };
        let js = store::to_js(&recording, &listing);
        if js != old {
            plan.changes.push(Change {
                path,
                old: old.to_owned(),
                new: js,
                because: vec![name.clone()],
            });
        }
        Take::Good(listing, Some(recording))
    }

    /// A program of which the pages show the listing alone.
    fn unrecorded(program: &Source, plan: &mut Plan) -> Self {
        match program.listing() {
            Ok(listing) => Take::Good(listing, None),
            Err(error) => {
                plan.errors.push(format!("{error:#}"));
                Take::Failed
            }
        }
    }

    /// What a region shows; none if it is to stay as it is.
    fn content(&self, mark: &Mark) -> Result<Option<String>> {
        let Take::Good(listing, recording) = self else { return Ok(None) };
        if mark.view == View::Listing {
            return Ok(Some(regions::listing(mark.language, listing)));
        }
        let recording = recording.as_ref().context("this was never recorded")?;
        let scene = Scene { listing: Some(listing), ..Scene::new(recording) };
        Ok(Some(regions::content(mark.view, &scene)))
    }
}

#[cfg(test)]
mod tests;
