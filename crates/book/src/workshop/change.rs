//! Recording a program that a reader has changed.
//!
//! The program goes to a temporary folder, and this program's own `trace`
//! command records it in a process of its own, so that whatever it does ends
//! with that process.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use recorder::draw;
use recorder::event::{Language, Recording};
use serde::{Deserialize, Serialize};

use super::diagnostics::{self, Diagnostic};
use super::job::{self, End, Limits, Said};
use super::{Refusal, Workshop, example};

/// Seconds on the machine's clock that the program itself may take.
const RUNNING: u64 = 10;

/// Compiling included.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(180),
    memory: 4 << 30,
    output: 8 << 20,
    line: 64 * 1024,
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

/// What came of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Recorded {
    /// It ran.
    Recording {
        /// The events, and the header in front of them, as recordings are kept.
        recording: Vec<serde_json::Value>,
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
    Json(changed): Json<Changed>,
) -> Result<Json<Recorded>, Refusal> {
    let _place = workshop.place()?;
    let failed = |error: &dyn std::fmt::Display| {
        Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    };
    let folder = tempfile::tempdir().map_err(|error| failed(&error))?;
    let file = folder.path().join(match changed.language {
        Language::Rust => "changed.rs",
        Language::Python => "changed.py",
    });
    tokio::fs::write(&file, &changed.source).await.map_err(|error| failed(&error))?;
    let mut command = Command::new(&workshop.tracer);
    command.arg("trace").arg(&file).args(["--format", "jsonl", "--timeout"]);
    command.arg(RUNNING.to_string()).current_dir(&workshop.root);
    let heard = job::start(command, LIMITS).map_err(|error| failed(&format!("{error:#}")))?;
    let (out, err, end) = everything(heard).await;
    Ok(Json(answer(&out, &err, end, changed.language)))
}

/// Waits for the end of a job: its stdout, its stderr, and how it ended.
async fn everything(mut heard: tokio::sync::mpsc::Receiver<Said>) -> (String, String, End) {
    let (mut out, mut err) = (String::new(), String::new());
    while let Some(said) = heard.recv().await {
        let (text, line) = match said {
            Said::Out(line) => (&mut out, line),
            Said::Err(line) => (&mut err, line),
            Said::End(end) => return (out, err, end),
        };
        text.push_str(&line);
        text.push('\n');
    }
    (out, err, End::Time)
}

fn answer(out: &str, err: &str, end: End, language: Language) -> Recorded {
    let errors = |why: &str| Recorded::Errors {
        lines: diagnostics::of(err, language),
        text: format!("{why}{err}"),
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
            recording: out.lines().filter_map(|line| serde_json::from_str(line).ok()).collect(),
        },
        Err(_) => errors(""),
    }
}
