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
use draw::player::{Answer, diagnostics};
use pages::exercises::Task;
use recorder::rust::COMPILES_TOKIO;
use recorder::scratch::{self, Folder};
use recording::event::Language;
use serde::{Deserialize, Serialize};
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::example;
use super::job::{self, End, Limits, Said};
use super::refusal::Refusal;
use super::shop::Workshop;
use crate::read::client::Client;

/// Seconds on the machine's clock that the program itself may take.
const RUNNING: u64 = 10;

/// Compiling included, and the wait for whoever else compiles: a first time, tokio
/// is compiled too, and whoever reads can stop it.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(600),
    memory: 4 << 30,
    output: 8 << 20,
    // The recording of a long line is one longer line.
    line: 8 << 20,
    file: 1 << 30,
    processes: 64,
};

/// A changed listing.
#[derive(Debug, Deserialize)]
pub(super) struct Changed {
    language: Language,
    source: String,
    /// The exercise that it is to solve.
    exercise: Option<String>,
}

/// One line of the answer, a JSON object each: notes, and then what came of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Recorded {
    /// What else is compiled for it: the first time, tokio.
    Note(&'static str),
    /// The last line.
    #[serde(untagged)]
    Answer(Answer),
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
    command.arg("trace").arg(&file).args(["--format", "player", "--timeout"]);
    command.arg(RUNNING.to_string()).current_dir(&workshop.root);
    if let Some(name) = &changed.exercise {
        let task = Task::find(&workshop.root, name).map_err(|error| failed(&error))?;
        let missing = || Refusal(StatusCode::NOT_FOUND, "there is no such exercise".to_owned());
        let asks = serde_json::to_vec(&task.ok_or_else(missing)?.told.asks).expect("plain data");
        let file = folder.path().join("exercise.json");
        tokio::fs::write(&file, asks).await.map_err(|error| failed(&error))?;
        command.arg("--exercise").arg(file);
    }
    // What it leaves when it is stopped goes with the folder.
    command.env("TMPDIR", folder.path());
    let heard = job::start(command, LIMITS, client.gone())
        .map_err(|error| failed(&format!("{error:#}")))?;
    let (out, err) = (String::new(), String::new());
    let tracing = Tracing { heard, language: changed.language, out, err, _here: (place, folder) };
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
    language: Language,
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
                Said::Err(line) if line == COMPILES_TOKIO => {
                    return Some(Recorded::Note("tokio"));
                }
                Said::Err(line) => self.err += &(line + "\n"),
                Said::End(end) => {
                    self.heard.close();
                    // The file has a name, and its folder is nobody's business.
                    let folder = format!("{}/", self._here.1.path().display());
                    let err = self.err.replace(&folder, "");
                    return Some(answer(&self.out, &err, end, self.language));
                }
            }
        }
    }
}

fn answer(out: &str, err: &str, end: End, language: Language) -> Recorded {
    let err = diagnostics::as_on_plain_tokio(err);
    Recorded::Answer(match end {
        End::Exit(_) => Answer::of(serde_json::from_str(out).ok(), &err, language),
        end => Answer::errors(&format!("{}\n", example::in_words(end)), &err, language),
    })
}
