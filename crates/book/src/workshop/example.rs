//! Running an example: its lines as they come, with their times.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use recording::event::Language;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::job::{self, End, Limits, Said};
use super::refusal::Refusal;
use super::shop::Workshop;
use crate::read::client::Client;

/// The examples end within seconds; compiling one for the first time takes longer.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(120),
    memory: 4 << 30,
    output: 1 << 20,
    line: 4096,
    file: 1 << 30,
    processes: 64,
};

/// What a page asks.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    program: String,
    language: Language,
}

/// One line of the answer, a JSON object each.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    /// A line that the program prints, stamped.
    Line(String),
    /// What cargo or the interpreter say.
    Note(String),
    /// The end: empty if all went well.
    End(String),
}

/// Answers with a line of JSON for each line that the program prints, while it runs.
pub(super) async fn run(
    State(workshop): State<Arc<Workshop>>,
    Extension(client): Extension<Client>,
    Json(asked): Json<Asked>,
) -> Result<Response, Refusal> {
    let example = example(&workshop.root, &asked.program).ok_or_else(|| {
        Refusal(StatusCode::NOT_FOUND, "there is no example of that name".to_owned())
    })?;
    let place = workshop.place()?;
    let command = command(&workshop.root, &example, asked.language);
    let heard = job::start(command, LIMITS, client.gone())
        .map_err(|error| Refusal(StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")))?;
    let lines = Lines { heard, stamp: (asked.language == Language::Python).then(Stamp::default) };
    let answers = futures::stream::unfold((lines, place), |(mut lines, place)| async {
        let answer = lines.next().await?;
        let mut json = serde_json::to_vec(&answer).expect("texts are JSON");
        json.push(b'\n');
        Some((Ok::<_, std::convert::Infallible>(Bytes::from(json)), (lines, place)))
    });
    let kind = [(header::CONTENT_TYPE, "application/x-ndjson")];
    Ok((kind, Body::from_stream(answers)).into_response())
}

/// The example of that name as the folder of examples has it: what was asked
/// for is compared with names and never becomes one.
fn example(root: &Path, asked: &str) -> Option<String> {
    let example = pages::library::example(root, asked).ok()??;
    example.program(Language::Rust).is_some().then_some(example.name)
}

fn command(root: &Path, example: &str, language: Language) -> Command {
    let mut command = match language {
        Language::Rust => {
            let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
            cargo.args(["run", "--quiet", "--package", "examples", "--example", example]);
            cargo
        }
        Language::Python => {
            let mut python = Command::new(recorder::python::interpreter());
            python.args(["-B", "-u"]).arg(root.join("examples").join(example).join("main.py"));
            python
        }
    };
    command.current_dir(root);
    command
}

/// The lines of a job as the page gets them.
struct Lines {
    heard: mpsc::Receiver<Said>,
    /// For programs that do not stamp their own lines.
    stamp: Option<Stamp>,
}

impl Lines {
    async fn next(&mut self) -> Option<Answer> {
        Some(match self.heard.recv().await? {
            Said::Out(line) => Answer::Line(match &mut self.stamp {
                Some(stamp) => stamp.on(&line),
                None => line,
            }),
            Said::Err(line) => Answer::Note(line),
            Said::End(End::Exit(0)) => {
                // As the timed examples do, of which this is the last line.
                if let Some(mut stamp) = self.stamp.take() {
                    self.heard.close();
                    return Some(Answer::Line(stamp.on("(end)")));
                }
                Answer::End(String::new())
            }
            Said::End(end) => Answer::End(in_words(end)),
        })
    }
}

/// Seconds since the first line, in front of each.
#[derive(Default)]
struct Stamp(Option<Instant>);

impl Stamp {
    fn on(&mut self, line: &str) -> String {
        let since = self.0.get_or_insert_with(Instant::now).elapsed().as_secs_f64();
        format!("[{since:6.3} s] {line}")
    }
}

/// What the page says about an end that is not the usual one.
pub(super) fn in_words(end: End) -> String {
    match end {
        End::Exit(status) => format!("ended with status {status}"),
        End::Signal(signal) => format!("ended by signal {signal}"),
        End::Time => "stopped: it took too long".to_owned(),
        End::Output => "stopped: it printed too much".to_owned(),
        End::Processes => "stopped: it started too many processes".to_owned(),
    }
}
