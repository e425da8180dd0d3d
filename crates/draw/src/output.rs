//! What a program prints, and when: as its timed example shows it.

use std::borrow::Cow;
use std::fmt::Write;

use anstream::adapter::strip_str;

use super::scene::Scene;
use recording::event::{Recording, Stream, What};
use recording::tally::end;

/// The printed lines with the seconds since the start, and the end; each line
/// with a line break.
///
/// ```text
/// [ 0.000 s] Hello
/// [ 1.000 s] World
/// [ 1.000 s] (end)
/// ```
///
/// A line of stderr says so, and is there only if the program's own code wrote
/// it. The last line says `(cut off)` instead, if the recording is.
pub fn output(scene: &Scene<'_>) -> String {
    let mut out = printed(scene.recording);
    let how = if scene.cut.is_none() { "(end)" } else { "(cut off)" };
    put(&mut out, end(scene.recording), how);
    out
}

/// The same without the last line.
pub fn printed(recording: &Recording) -> String {
    let mut out = String::new();
    let mut put = |t: u64, text: &str| put(&mut out, t, text);
    for event in &recording.events {
        match &event.what {
            What::Print { text, stream: Stream::Stdout, .. } => put(event.t, text),
            What::Print { text, line: Some(_), .. } => put(event.t, &format!("(stderr) {text}")),
            _ => {}
        }
    }
    out
}

fn put(out: &mut String, t: u64, text: &str) {
    let _ = writeln!(out, "[{:6.3} s] {}", t as f64 / 1e6, unstyled(text));
}

/// A printed text without a terminal's orders: colours and the like, which what
/// logs writes to a pipe, too.
pub(crate) fn unstyled(text: &str) -> Cow<'_, str> {
    match text.contains('\u{1b}') {
        true => strip_str(text).to_string().into(),
        false => text.into(),
    }
}
