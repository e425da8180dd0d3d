//! Recording a program that a reader has changed.
//!
//! The program goes to a temporary folder, and this program's own `trace`
//! command records it in a process of its own, so that whatever it does ends
//! with that process.

use std::convert::Infallible;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use draw::Moments;
use recorder::scratch::{self, Folder};
use recording::event::{Language, Recording};
use recording::listing::Listing;
use serde::{Deserialize, Serialize};
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::diagnostics::{self, Diagnostic};
use super::job::{self, End, Limits, Said};
use super::{Refusal, Workshop, example};
use crate::read::client::Client;

/// Seconds on the machine's clock that the program itself may take.
const RUNNING: u64 = 10;

/// Compiling included.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(180),
    memory: 4 << 30,
    output: 8 << 20,
    // The recording of a long line is one longer line.
    line: 8 << 20,
    file: 1 << 30,
    processes: 64,
};

/// More events than this no page can show.
const MOST_EVENTS: usize = 2_000;

/// A changed listing.
#[derive(Debug, Deserialize)]
pub(super) struct Changed {
    language: Language,
    source: String,
}

/// One line of the answer, a JSON object each: notes, and then what came of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Recorded {
    /// What else is compiled for it: the first time, tokio.
    Note(String),
    /// It ran.
    Recording {
        /// The events, and the header in front of them, as recordings are kept.
        recording: Vec<serde_json::Value>,
        /// What the page shows of it, see [`draw::moments`].
        moments: Vec<serde_json::Value>,
        /// A mermaid sequence diagram of it.
        diagram: String,
        /// Why the recording is not whole; empty if it is.
        notice: String,
    },
    /// It did not.
    Errors {
        /// Those that belong to a line of the listing.
        lines: Vec<Diagnostic>,
        /// Everything that was said.
        text: String,
    },
}

/// Records the listing in the request.
pub(super) async fn record(
    State(workshop): State<Arc<Workshop>>,
    Extension(client): Extension<Client>,
    Json(changed): Json<Changed>,
) -> Result<Response, Refusal> {
    let place = workshop.place()?;
    let failed = |error: &dyn std::fmt::Display| {
        Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    };
    let folder = scratch::folder().map_err(|error| failed(&error))?;
    let file = folder.path().join(match changed.language {
        Language::Rust => "changed.rs",
        Language::Python => "changed.py",
    });
    tokio::fs::write(&file, &changed.source).await.map_err(|error| failed(&error))?;
    let mut command = Command::new(&workshop.tracer);
    command.arg("trace").arg(&file).args(["--format", "jsonl", "--timeout"]);
    command.arg(RUNNING.to_string()).current_dir(&workshop.root);
    // What it leaves when it is stopped goes with the folder.
    command.env("TMPDIR", folder.path());
    let heard = job::start(command, LIMITS, client.gone())
        .map_err(|error| failed(&format!("{error:#}")))?;
    let (out, err) = (String::new(), String::new());
    let tracing = Tracing { heard, changed, out, err, _here: (place, folder) };
    let answers = futures::stream::unfold(tracing, |mut tracing| async {
        let mut json = serde_json::to_vec(&tracing.next().await?).expect("texts are JSON");
        json.push(b'\n');
        Some((Ok::<_, Infallible>(Bytes::from(json)), tracing))
    });
    let kind = [(header::CONTENT_TYPE, "application/x-ndjson")];
    Ok((kind, Body::from_stream(answers)).into_response())
}

/// The `trace` command at work.
struct Tracing {
    heard: mpsc::Receiver<Said>,
    changed: Changed,
    out: String,
    err: String,
    /// Where it runs; both go when the answer is whole or nobody waits for it.
    _here: (OwnedSemaphorePermit, Folder),
}

impl Tracing {
    /// The next line of the answer; none after its end.
    async fn next(&mut self) -> Option<Recorded> {
        loop {
            match self.heard.recv().await? {
                Said::Out(line) => self.out += &(line + "\n"),
                Said::Err(line) => match line.strip_prefix("compiling ") {
                    // Its own file is no news, and its folder is nobody's business.
                    Some(name) if name.contains('/') => {}
                    Some(name) => return Some(Recorded::Note(name.to_owned())),
                    None => self.err += &(line + "\n"),
                },
                Said::End(end) => {
                    self.heard.close();
                    return Some(answer(&self.out, &self.err, end, &self.changed));
                }
            }
        }
    }
}

fn answer(out: &str, err: &str, end: End, changed: &Changed) -> Recorded {
    let errors = |why: &str| Recorded::Errors {
        lines: diagnostics::of(err, changed.language),
        text: format!("{why}{err}"),
    };
    let json = |lines: &mut dyn Iterator<Item = &str>| -> Vec<serde_json::Value> {
        lines.filter_map(|line| serde_json::from_str(line).ok()).collect()
    };
    if !matches!(end, End::Exit(_)) {
        return errors(&format!("{}\n", example::in_words(end)));
    }
    match Recording::read(out.as_bytes()) {
        Ok(recording) if recording.events.is_empty() => errors(""),
        Ok(recording) if recording.events.len() > MOST_EVENTS => errors(&format!(
            "{} events are more than a page can show; `cargo run -- trace` can\n",
            recording.events.len()
        )),
        Ok(recording) => Recorded::Recording {
            diagram: draw::mermaid(&draw::Scene::new(&recording)),
            notice: if end == End::Exit(0) { String::new() } else { err.to_owned() },
            recording: json(&mut out.lines()),
            moments: {
                // The page shows all of the text, from its first line on.
                let listing = Listing { text: changed.source.trim_end().to_owned(), first: 1 };
                let moments = Moments::of(&recording, &listing).to_json();
                json(&mut moments.iter().map(String::as_str))
            },
        },
        Err(_) => errors(""),
    }
}
