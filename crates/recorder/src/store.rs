//! Where the book keeps its recordings, and how they look there.
//!
//! `src/recordings/NAME.LANGUAGE.js` is one call of one function:
//!
//! ```js
//! contextSwitch.recording("v5", "rust", 6, [
//! {"format":1,"program":"v5","language":"rust", …},
//! {"t":0,"ev":"spawn","task":0,"name":"main","line":10},
//! {"t":0,"ev":"poll","task":0,"line":10},
//! ]);
//! ```
//!
//! The arguments are the example's name, its language (`"rust"` or
//! `"python"`), the line of the program's file at which its listing begins, and
//! an array: the header, then the events in order. A `line` in an event counts
//! from the top of the file, so the listing's line is `line - first + 1`.
//!
//! A script element loads such a file from a server and from a folder alike,
//! where `fetch` is refused; and with one event a line a diff shows what
//! changed in a run. A page defines `contextSwitch.recording` before it loads
//! the first one.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::event::{Language, Line, Recording};

/// A recording as the book keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The line of the program's file at which its listing begins, from 1.
    pub first: Line,
    /// What happened.
    pub recording: Recording,
}

/// The folder of the recordings, below the root of the book.
pub const FOLDER: &str = "src/recordings";

/// The file that keeps the recording of `example` in `language`, for the book
/// whose root is `root`.
pub fn path(root: &Path, example: &str, language: Language) -> PathBuf {
    root.join(FOLDER).join(format!("{example}.{language}.js"))
}

impl Stored {
    /// The text of its file.
    pub fn to_js(&self) -> String {
        let header = &self.recording.header;
        let mut lines = Vec::new();
        self.recording.write(&mut lines).expect("memory takes everything");
        let lines = String::from_utf8(lines).expect("JSON is UTF-8");
        let mut js = format!(
            "contextSwitch.recording({}, \"{}\", {}, [\n",
            serde_json::Value::from(header.program.as_str()),
            header.language,
            self.first
        );
        for line in lines.lines() {
            js.push_str(line);
            js.push_str(",\n");
        }
        js.push_str("]);\n");
        js
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    ///
    /// When it is not the one call described above, or a line is no event.
    pub fn from_js(js: &str) -> Result<Self> {
        const SHAPE: &str = "not a recording: it has to be one call of contextSwitch.recording";
        let (call, rest) = js.split_once('\n').context(SHAPE)?;
        let lines = rest.trim_end().strip_suffix("]);").context(SHAPE)?;
        let first = call
            .strip_prefix("contextSwitch.recording(")
            .and_then(|call| call.strip_suffix(", ["))
            .and_then(|call| call.rsplit(", ").next())
            .and_then(|first| first.parse().ok())
            .context(SHAPE)?;
        let lines: String = lines
            .lines()
            .map(|line| line.strip_suffix(',').unwrap_or(line).to_owned() + "\n")
            .collect();
        let recording = Recording::read(lines.as_bytes())?;
        let stored = Stored { first, recording };
        ensure!(
            stored.to_js().lines().next() == Some(call),
            "the call names another program than its header"
        );
        Ok(stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Class, Clock, Event, FORMAT, Header, What};

    fn stored() -> Stored {
        Stored {
            first: 6,
            recording: Recording {
                header: Header {
                    format: FORMAT,
                    program: "v5".into(),
                    language: Language::Rust,
                    runtime: "tokio 1.54.1".into(),
                    clock: Clock::Virtual,
                    workers: None,
                    class: Class::Exact,
                    notes: vec![],
                },
                events: vec![
                    Event {
                        t: 0,
                        worker: None,
                        what: What::Spawn {
                            task: 0,
                            name: "main".into(),
                            by: None,
                            line: Some(10),
                        },
                    },
                    Event { t: 1, worker: None, what: What::End { task: 0 } },
                ],
            },
        }
    }

    #[test]
    fn what_was_written_is_read_back() {
        let js = stored().to_js();
        assert!(js.starts_with("contextSwitch.recording(\"v5\", \"rust\", 6, [\n{\"format\":1,"));
        assert!(js.ends_with("{\"t\":1,\"ev\":\"end\",\"task\":0},\n]);\n"), "{js}");
        assert_eq!(Stored::from_js(&js).unwrap(), stored());
    }

    #[test]
    fn a_file_that_is_no_recording_is_refused() {
        let js = stored().to_js();
        for broken in [
            "",
            "alert(1)",
            &js.replace("]);", ""),
            &js.replace("6, [", "x, ["),
            &js.replace("(\"v5", "(\"v6"),
        ] {
            assert!(Stored::from_js(broken).is_err(), "{broken}");
        }
    }
}
