//! What is wrong with a run, for those who run it in their CI: kinds of findings
//! that make the command fail, and formats that other tools read.

use std::env;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use recording::event::Line;
use recording::findings::{Finding, Kind};

/// Kinds of findings, by a word of the command line.
#[derive(Clone, Debug)]
pub struct Kinds(Vec<Kind>);

/// The kinds that have this word; `forgotten` are those that ended with `main`.
///
/// # Errors
///
/// When no kind has it: with all words.
pub(super) fn kinds(word: &str) -> Result<Kinds> {
    let of_word = |kind: &&Kind| match word {
        "any" => true,
        "forgotten" => matches!(kind, Kind::Unfinished | Kind::NeverRan),
        word => kind.word() == word,
    };
    let kinds: Vec<Kind> = Kind::ALL.iter().filter(of_word).copied().collect();
    if kinds.is_empty() {
        let words: Vec<String> = Kind::ALL.iter().map(|kind| kind.word()).collect();
        bail!("no kind of finding: there are any, forgotten, {}", words.join(", "));
    }
    Ok(Kinds(kinds))
}

/// Those of the kinds that are asked for that were found: `deadlock, held`.
pub(super) fn failing(asked: &[Kinds], found: &[Finding]) -> Option<String> {
    let is_asked = |kind: Kind| asked.iter().any(|kinds| kinds.0.contains(&kind));
    let mut words: Vec<String> =
        found.iter().filter(|one| is_asked(one.kind)).map(|one| one.kind.word()).collect();
    words.dedup();
    (!words.is_empty()).then(|| words.join(", "))
}

/// What there is to report of a run.
pub(super) struct Report<'a> {
    pub program: &'a str,
    /// The program's main file.
    pub path: &'a Path,
    pub found: &'a [Finding],
    /// How the program ended, if not well.
    pub ended: Option<&'a str>,
    /// The kinds that are failures; all, if none is named.
    pub fail_on: &'a [Kinds],
}

impl Report<'_> {
    fn fails(&self, kind: Kind) -> bool {
        self.fail_on.is_empty() || self.fail_on.iter().any(|kinds| kinds.0.contains(&kind))
    }

    /// The file of a line, from this folder.
    fn file(&self, line: Option<Line>) -> PathBuf {
        let path = match line.and_then(Line::file) {
            // It is relative to the package's folder, which the main file is in.
            Some(file) => {
                let found = self.path.ancestors().map(|folder| folder.join(file));
                found.into_iter().find(|path| path.is_file()).unwrap_or_else(|| file.into())
            }
            None => self.path.to_owned(),
        };
        let here = env::current_dir().ok();
        let inside = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
        inside.unwrap_or(path)
    }

    /// Annotations, as the workflows of GitHub read them off the output:
    /// `::error file=src/worker.rs,line=6,title=deadlock::main waits …`.
    ///
    /// # Errors
    ///
    /// What `out` says; so below.
    pub(super) fn github(&self, mut out: impl Write) -> Result<()> {
        let text = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        let value = |value: &str| text(value).replace(':', "%3A").replace(',', "%2C");
        for finding in self.found {
            let level = if self.fails(finding.kind) { "error" } else { "warning" };
            let line = finding.lines.first().copied();
            let file = value(&self.file(line).display().to_string());
            let at = line.map_or(String::new(), |line| format!(",line={}", line.number()));
            let title = finding.kind.word();
            writeln!(out, "::{level} file={file}{at},title={title}::{}", text(&finding.says))?;
        }
        if let Some(ended) = self.ended {
            let file = value(&self.file(None).display().to_string());
            writeln!(out, "::error file={file},title=ended::{}", text(ended))?;
        }
        Ok(out.flush()?)
    }

    /// One test for how the program ended, and one for each finding, which has
    /// failed if that is asked for.
    pub(super) fn junit(&self, mut out: impl Write) -> Result<()> {
        let failed = self.found.iter().filter(|finding| self.fails(finding.kind)).count();
        let (tests, failures) = (self.found.len() + 1, failed + usize::from(self.ended.is_some()));
        let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        let program = escape(self.program);
        let _ = writeln!(
            xml,
            "<testsuite name=\"{program}\" tests=\"{tests}\" failures=\"{failures}\">"
        );
        let mut case = |name: &str, line: Option<Line>, failure: Option<&str>, says: &str| {
            let file = escape(&self.file(line).display().to_string());
            let at = line.map_or(String::new(), |line| format!(" line=\"{}\"", line.number()));
            let _ = write!(
                xml,
                "  <testcase classname=\"{program}\" name=\"{name}\" file=\"{file}\"{at}>"
            );
            let says = escape(says);
            let _ = match failure {
                Some(kind) => write!(xml, "<failure type=\"{kind}\" message=\"{says}\"/>"),
                None => write!(xml, "<system-out>{says}</system-out>"),
            };
            xml += "</testcase>\n";
        };
        case("ends well", None, self.ended.map(|_| "ended"), self.ended.unwrap_or("it ended well"));
        for finding in self.found {
            let word = finding.kind.word();
            let failure = self.fails(finding.kind).then_some(word.as_str());
            case(&word, finding.lines.first().copied(), failure, &finding.says);
        }
        xml += "</testsuite>\n";
        out.write_all(xml.as_bytes())?;
        Ok(out.flush()?)
    }
}

/// XML takes no control characters, not even escaped.
fn escape(text: &str) -> String {
    let allowed = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    let text: String = allowed.collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found() -> Vec<Finding> {
        let one = |kind, says: &str, line: u32| Finding {
            kind,
            says: says.to_owned(),
            lines: vec![line.into()],
            evidence: Vec::new(),
        };
        vec![
            one(Kind::Deadlock, "a <waits> 100% of\nthe time", 3),
            one(Kind::Unfinished, "b was dropped", 5),
        ]
    }

    fn report<'a>(found: &'a [Finding], fail_on: &'a [Kinds]) -> Report<'a> {
        Report { program: "p", path: Path::new("src/main.rs"), found, ended: None, fail_on }
    }

    #[test]
    fn a_word_names_a_kind_or_several() {
        assert_eq!(kinds("not-awaited").unwrap().0, [Kind::NotAwaited]);
        assert_eq!(kinds("forgotten").unwrap().0, [Kind::NeverRan, Kind::Unfinished]);
        assert_eq!(kinds("any").unwrap().0, Kind::ALL);
        assert!(kinds("dead").unwrap_err().to_string().contains("any, forgotten, deadlock, "));
        let found = found();
        assert_eq!(failing(&[kinds("any").unwrap()], &found).unwrap(), "deadlock, unfinished");
        assert_eq!(failing(&[kinds("held").unwrap()], &found), None);
    }

    #[test]
    fn github_gets_an_annotation_for_each_finding() {
        let (found, on) = (found(), [kinds("forgotten").unwrap()]);
        let mut out = Vec::new();
        report(&found, &on).github(&mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "::warning file=src/main.rs,line=3,title=deadlock::a <waits> 100%25 of%0Athe time\n\
             ::error file=src/main.rs,line=5,title=unfinished::b was dropped\n"
        );
    }

    #[test]
    fn junit_gets_a_test_for_each_finding_and_for_the_end() {
        let found = found();
        let mut out = Vec::new();
        Report { ended: Some("it is stuck"), ..report(&found, &[]) }.junit(&mut out).unwrap();
        let xml = String::from_utf8(out).unwrap();
        for holds in [
            r#"<testsuite name="p" tests="3" failures="3">"#,
            r#"name="ends well" file="src/main.rs"><failure type="ended" message="it is stuck"/>"#,
            r#"name="deadlock" file="src/main.rs" line="3"><failure type="deadlock" message="a &lt;waits&gt; 100% of"#,
        ] {
            assert!(xml.contains(holds), "no `{holds}` in\n{xml}");
        }
    }
}
