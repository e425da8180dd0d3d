//! How many tests ran, as read off what `cargo test` says.
//!
//! A test that fails has what it printed repeated between its run's last test and
//! the run's result, and that may be the output of another `cargo test`. So a run
//! is read as what it says of itself: how many tests it has, one line for each,
//! then whatever else, and a result that has just these counts.

/// What `cargo test` says of its tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tests {
    /// How many passed.
    pub passed: usize,
    /// How many were not run, though they are there.
    pub left_out: usize,
    /// How many of those that passed are Rust blocks of the pages.
    pub blocks: usize,
    /// Which failed.
    pub failed: Vec<String>,
    /// Which are there, and are ignored.
    pub ignored: Vec<String>,
    /// Whether the blocks are being run.
    in_blocks: bool,
    /// What is being run.
    run: Option<Run>,
}

/// A run that has begun and has not said its result yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Run {
    /// How many tests are still to come.
    left: usize,
    passed: usize,
    failed: Vec<String>,
    ignored: Vec<String>,
    /// Those in the last list of failures.
    listed: Vec<String>,
}

/// Where the blocks are run: one test each.
const BLOCKS: &str = "Running tests/book.rs";

/// What stands behind the name of a test that is no plain one.
const KINDS: [&str; 3] = [" - should panic", " - compile fail", " - compile"];

impl Tests {
    /// Takes the next line that `cargo test` says.
    ///
    /// ```
    /// # use book::publish::heard::Tests;
    /// let mut tests = Tests::default();
    /// for line in "     Running tests/book.rs (target/debug/deps/book-0123456789abcdef)
    /// running 3 tests
    /// test one_line_8 ... ok
    /// test joins_line_20 ... ignored, it takes long
    /// test two_line_3 ... ok
    ///
    /// test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 1 filtered out; finished in 0.1s
    ///    Doc-tests book
    /// running 2 tests
    /// test pages::a_page ... ok
    /// test crates/book/src/log.rs - log (line 3) ... FAILED
    ///
    /// failures:
    ///
    /// ---- crates/book/src/log.rs - log (line 3) stdout ----
    /// running 1 test
    /// test somebody_elses ... ignored
    /// test result: ok. 0 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s
    ///
    /// failures:
    ///     crates/book/src/log.rs - log (line 3)
    ///
    /// test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s"
    ///     .lines()
    /// {
    ///     tests.hear(line);
    /// }
    /// assert_eq!((tests.passed, tests.left_out, tests.blocks), (3, 2, 2));
    /// assert_eq!(tests.failed, ["crates/book/src/log.rs - log (line 3)"]);
    /// assert_eq!(tests.ignored, ["joins_line_20"]);
    /// ```
    pub fn hear(&mut self, line: &str) {
        let begun = line.trim_start();
        let is_title = begun.starts_with("Running ") || begun.starts_with("Doc-tests ");
        // A run that its process did not survive has no result.
        if is_title && self.run.as_ref().is_none_or(|run| run.left > 0) {
            self.run = None;
            self.in_blocks = begun.starts_with(BLOCKS);
        } else if let Some(run) = &mut self.run {
            if let Some(out) = run.hear(line) {
                self.end(out);
            }
        } else if let Some(left) = beginning(line) {
            self.run = Some(Run { left, ..Run::default() });
        }
    }

    /// Adds the run, of which `out` tests were filtered out.
    fn end(&mut self, out: usize) {
        let run = self.run.take().unwrap_or_default();
        self.passed += run.passed;
        if self.in_blocks {
            self.blocks += run.passed;
        }
        self.left_out += run.ignored.len() + out;
        self.failed.extend(run.failed);
        self.ignored.extend(run.ignored);
    }
}

impl Run {
    /// Takes a line; how many were filtered out, if it is the result.
    fn hear(&mut self, line: &str) -> Option<usize> {
        if self.left > 0 {
            let (test, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
            let name = KINDS.iter().find_map(|kind| test.strip_suffix(kind)).unwrap_or(test);
            match outcome.split(',').next()?.trim() {
                "ok" => self.passed += 1,
                "FAILED" => self.failed.push(name.to_owned()),
                "ignored" => self.ignored.push(name.to_owned()),
                _ => return None,
            }
            self.left -= 1;
            return None;
        }
        if let Some(counts) = line.strip_prefix("test result: ") {
            let count = |what| count(counts, what);
            let own = [self.passed, self.failed.len(), self.ignored.len()];
            let is_own = own == ["passed", "failed", "ignored"].map(count)
                && self.listed.len() == self.failed.len()
                && self.failed.iter().all(|failed| self.listed.contains(failed));
            return is_own.then(|| count("filtered out"));
        }
        match line.strip_prefix("    ") {
            Some(name) => self.listed.push(name.to_owned()),
            None if line.is_empty() => {}
            None => self.listed.clear(),
        }
        None
    }
}

/// The 3 of `running 3 tests`.
fn beginning(line: &str) -> Option<usize> {
    let rest = line.strip_prefix("running ")?;
    let count = rest.strip_suffix(" tests").or_else(|| rest.strip_suffix(" test"))?;
    count.parse().ok()
}

/// The 7 of `ok. 7 passed; 0 failed`.
fn count(counts: &str, what: &str) -> usize {
    let found = counts.split(['.', ';']).map(str::trim).find_map(|one| one.strip_suffix(what));
    found.and_then(|count| count.trim().parse().ok()).unwrap_or(0)
}
