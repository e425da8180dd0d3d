//! Where the book keeps its recordings, and how they look there.
//!
//! `src/recordings/NAME.LANGUAGE.js` is one call of one function:
//!
//! ```js
//! contextSwitch.recording("v5", "rust", 6, [
//! {"format":2,"program":"v5","language":"rust", …},
//! {"t":0,"ev":"spawn","task":0,"name":"main","line":10},
//! {"t":0,"ev":"poll","task":0,"line":10},
//! ], [
//! {"async":true,"keeper":"runtime","polls":"3 polls"},
//! {"kind":"spawn","t":0,"task":0,"say":["The program starts. ",{"b":"main"}," is ready to run."], …},
//! ]);
//! ```
//!
//! The arguments are the example's name, its language (`"rust"` or
//! `"python"`), the line of the program's file at which its listing begins, and
//! two arrays. The first is the recording: the header, then the events in
//! order. A `line` in an event counts from the top of the file, so the
//! listing's line is `line - first + 1`. The second is what a page shows of it,
//! see [`draw::moments`]; it follows from the first and the listing, and only
//! pages read it.
//!
//! A script element loads such a file from a server and from a folder alike,
//! where `fetch` is refused; and with one event a line a diff shows what
//! changed in a run. A page defines `contextSwitch.recording` before it loads
//! the first one.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use draw::Moments;
use recording::event::{Header, Language, Recording};
use recording::listing::Listing;

/// A recording as the book keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The line of the program's file at which its listing begins, from 1.
    pub first: u32,
    /// What happened.
    pub recording: Recording,
}

/// The folder of the recordings, below the root of the book.
pub const FOLDER: &str = "src/recordings";

/// The file that keeps the recording of `example` in `language`, below the root
/// of the book.
pub fn path(example: &str, language: Language) -> PathBuf {
    Path::new(FOLDER).join(format!("{example}.{language}.js"))
}

/// The text of the file of `recording`, the program of which the pages show as
/// `listing`.
pub fn to_js(recording: &Recording, listing: &Listing) -> String {
    let mut lines = Vec::new();
    recording.write(&mut lines).expect("memory takes everything");
    let lines = String::from_utf8(lines).expect("JSON is UTF-8");
    let moments = Moments::of(recording, listing).to_json();
    let list = |lines: &mut dyn Iterator<Item = &str>| -> String {
        lines.map(|line| format!("{line},\n")).collect()
    };
    let events = list(&mut lines.lines());
    let moments = list(&mut moments.iter().map(String::as_str));
    format!("{}{events}{BETWEEN}{moments}{END}\n", call(listing.first, &recording.header))
}

/// How the file begins.
fn call(first: u32, header: &Header) -> String {
    let program = serde_json::Value::from(header.program.as_str());
    format!("contextSwitch.recording({program}, \"{}\", {first}, [\n", header.language)
}

/// What stands between the two arrays, and at the end.
const BETWEEN: &str = "], [\n";
const END: &str = "]);";

impl Stored {
    /// Reads the text of such a file.
    ///
    /// # Errors
    ///
    /// When it is not the one call described above, or a line is no event.
    pub fn from_js(js: &str) -> Result<Self> {
        const SHAPE: &str = "not a recording: it has to be one call of contextSwitch.recording";
        let (begin, rest) = js.split_once('\n').context(SHAPE)?;
        let lists = rest.trim_end().strip_suffix(END).context(SHAPE)?;
        // JSON has its line breaks escaped: no line of the first list is this one.
        let (lines, _) = lists.split_once(&format!("\n{BETWEEN}")).context(SHAPE)?;
        let first = begin
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
        ensure!(
            call(first, &recording.header).trim_end() == begin,
            "the call names another program than its header"
        );
        Ok(Stored { first, recording })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};

    use super::*;
    use draw::{self, Scene};
    use recording::check::check;
    use recording::event::{Class, Clock, Event, FORMAT, Header, What};

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
                    partial: false,
                },
                events: vec![
                    Event {
                        t: 0,
                        worker: None,
                        what: What::Spawn {
                            task: 0,
                            name: "main".into(),
                            by: None,
                            line: Some(10.into()),
                        },
                    },
                    Event { t: 1, worker: None, what: What::End { task: 0 } },
                ],
            },
        }
    }

    fn js() -> String {
        let text = "async fn main() {\n}\n".to_owned();
        to_js(&stored().recording, &Listing { text, first: 6 })
    }

    #[test]
    fn what_was_written_is_read_back() {
        let js = js();
        assert!(js.starts_with("contextSwitch.recording(\"v5\", \"rust\", 6, [\n{\"format\":2,"));
        assert!(
            js.contains("{\"t\":1,\"ev\":\"end\",\"task\":0},\n], [\n{\"async\":true,"),
            "{js}"
        );
        assert!(js.ends_with("},\n]);\n"), "{js}");
        assert_eq!(Stored::from_js(&js).unwrap(), stored());
    }

    #[test]
    fn a_file_that_is_no_recording_is_refused() {
        let js = js();
        for broken in [
            "",
            "alert(1)",
            &js.replace("]);", ""),
            &js.replace("], [", ""),
            &js.replace("6, [", "x, ["),
            &js.replace("(\"v5", "(\"v6"),
        ] {
            assert!(Stored::from_js(broken).is_err(), "{broken}");
        }
    }

    /// A line of a recording as somebody might have spoilt it, now and then a good one.
    fn line() -> impl Strategy<Value = String> {
        let kinds = [
            "spawn",
            "poll",
            "print",
            "timer",
            "block",
            "pending",
            "wake",
            "ready",
            "cancel",
            "cancelled",
            "panic",
            "enter",
            "leave",
            "exit",
            "end",
        ];
        let task = prop_oneof![8 => Just(0u64), 4 => 1u64..3, 1 => any::<u64>()];
        let t = prop_oneof![8 => Just(1u64), 4 => 2u64..9, 1 => any::<u64>()];
        let us = prop_oneof![4 => 0u64..9, 1 => any::<u64>(), 1 => Just(u64::MAX)];
        let by = prop_oneof![
            4 => Just("\"timer\"".to_owned()),
            4 => Just("\"runtime\"".to_owned()),
            4 => Just("0".to_owned()),
            1 => Just("null".to_owned()),
            1 => any::<u64>().prop_map(|by| by.to_string()),
        ];
        let event = (prop::sample::select(kinds.to_vec()), t, task, us, by);
        let event = event.prop_map(|(kind, t, task, us, by)| {
            // Only who wakes need not be a task.
            let by = match kind {
                "wake" => format!(",\"by\":{by}"),
                _ => by.parse::<u64>().map_or(String::new(), |by| format!(",\"by\":{by}")),
            };
            let how = if kind == "leave" { "ready" } else { "drop" };
            format!(
                "{{\"t\":{t},\"ev\":\"{kind}\",\"task\":{task},\"us\":{us},\"name\":\"a\",\
                 \"text\":\"b\",\"on\":[{{\"for\":\"turn\"}}],\"branch\":\"d\",\"status\":1,\"how\":\"{how}\"{by}}},"
            )
        });
        prop_oneof![24 => event, 1 => "[{}\\[\\]\":,a-z0-9é \u{0}-\u{20}]{0,40}"]
    }

    /// Draws whatever is a recording and keeps the rules; says whether it is.
    fn is_drawn(js: &str) -> bool {
        let Ok(Stored { recording, .. }) = Stored::from_js(js) else { return false };
        if check(&recording.events).is_err() {
            return false;
        }
        let scene = Scene::new(&recording);
        let _ = (draw::mermaid(&scene), draw::output(&scene), draw::facts(&scene));
        let listing = Listing { text: "async fn main() {}".into(), first: 1 };
        let _ = Moments::of(&recording, &listing).to_json();
        true
    }

    #[test]
    fn lines_that_make_no_sense_are_refused_or_drawn() {
        let stored = js();
        let head: String = stored.lines().take(3).map(|line| line.to_owned() + "\n").collect();
        let drawn = Cell::new(0);
        let lines = prop::collection::vec(line(), 1..8);
        let config = Config { cases: 1000, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new(config);
        let result = runner.run(&lines, |lines| {
            let js = format!("{head}{}\n], [\n]);\n", lines.join("\n"));
            drawn.set(drawn.get() + usize::from(is_drawn(&js)));
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{error}"));
        // About 70.
        assert!(drawn.get() >= 10, "of 1000 only {} were drawn", drawn.get());
    }

    proptest! {
        #[test]
        fn bytes_that_are_no_recording_are_refused(
            bytes in prop::collection::vec(any::<u8>(), 0..40),
            at in any::<prop::sample::Index>(),
        ) {
            prop_assert!(Recording::read(&bytes[..]).is_err());
            let mut spoilt = js().into_bytes();
            let at = at.index(spoilt.len());
            spoilt.splice(at..(at + bytes.len()).min(js().len()), bytes);
            // Whatever it says, it is read or refused.
            let _ = Stored::from_js(&String::from_utf8_lossy(&spoilt));
            let _ = Recording::read(&spoilt[..]);
        }
    }
}
