//! What a program prints, and when: as its timed example shows it.

use std::fmt::Write;

use super::Scene;
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
    let _ = writeln!(out, "[{:6.3} s] {text}", t as f64 / 1e6);
}
