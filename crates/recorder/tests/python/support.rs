//! Records scripts, says what a recording shows.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use recorder::program::{Options, Program};
use recorder::python;
use recording::check::check;
use recording::event::{By, Class, Clock, Language, Recording, Source, Stream, What};
use recording::session::Ending;

use crate::kinds::kinds;

use crate::patience::given_time;
pub use crate::pythons::{PYTHONS, Python, each, each_from};

/// A finished recording and how it ended.
pub struct Recorded {
    pub recording: Recording,
    pub ending: Ending,
    pub stderr: String,
}

impl Python {
    /// Records a file; the rules must hold if the recording is complete.
    pub fn record_with(&self, path: &Path, options: &Options) -> Recorded {
        self.try_with(path, options).unwrap_or_else(|error| panic!("{}: {error:#}", path.display()))
    }

    /// The same of what may not even begin.
    fn try_with(&self, path: &Path, options: &Options) -> anyhow::Result<Recorded> {
        let program = Program {
            name: "test".into(),
            path: path.to_owned(),
            language: Language::Python,
            args: Vec::new(),
        };
        let session = python::start_with(self.command.as_ref(), &program, options)?;
        let (ending, stderr) = (session.ending.clone(), session.stderr.clone());
        let recording = session.into_recording().expect("all events can be read");
        if ending.is_complete() || ending == Ending::Stuck {
            check(&recording.events).unwrap_or_else(|broken| {
                panic!("3.{}: {broken}\n{}", self.minor, show(&recording))
            });
        }
        Ok(Recorded { recording, ending, stderr })
    }

    pub fn record_file(&self, path: &Path) -> Recorded {
        self.record_with(path, &Options::default())
    }

    /// Records a script given as text.
    pub fn record(&self, script: &str) -> Recorded {
        self.record_text_with(script, &Options::default())
    }

    /// Records a script that has to be stopped, for as long as it takes to be enough.
    pub fn record_for_a_while(
        &self,
        script: &str,
        is_enough: impl Fn(&Recorded) -> bool,
    ) -> Recorded {
        let run = |timeout| self.try_text_with(script, &Options::within(timeout));
        // On a busy machine Python itself takes its time.
        given_time(run, |run| run.as_ref().is_ok_and(&is_enough)).unwrap()
    }

    pub fn record_text_with(&self, script: &str, options: &Options) -> Recorded {
        self.try_text_with(script, options).unwrap()
    }

    /// The same of what may not even begin.
    pub fn try_text_with(&self, script: &str, options: &Options) -> anyhow::Result<Recorded> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("script.py");
        std::fs::write(&path, script).unwrap();
        self.try_with(&path, options)
    }
}

/// For a script: whether twenty answers in a row, one after the other, took less than
/// 40 ms each. A recorder that delays some of them always does; a busy machine does not
/// delay one of every twenty.
pub const IS_QUICK: &str = "import time
async def is_quick(ask):
    for _ in range(100):
        for _ in range(20):
            began = time.monotonic()
            await ask()
            if time.monotonic() - began > 0.04:
                break
        else:
            return True
    return False
";

/// Runs a script without the recorder until it prints `expected`: there it
/// sleeps in earnest, and a busy machine may delay a timer by more than there
/// is between two of them.
pub fn prints_by_itself(python: &Python, script: &Path, expected: &[String]) -> bool {
    (0..10).any(|attempt| {
        std::thread::sleep(Duration::from_millis(200 * attempt));
        let output = Command::new(&python.command).arg(script).output().unwrap();
        String::from_utf8(output.stdout).unwrap().lines().eq(expected)
    })
}

/// Where the book's programs are.
pub fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name).join("main.py")
}

/// A script that the tests have as a file.
pub fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/scripts").join(format!("{name}.py"))
}

impl Recorded {
    /// Asserts that the run ended well on the machine's clock, and that its only
    /// note says why it had to.
    #[track_caller]
    pub fn assert_real_time(&self, why: &str) {
        assert_eq!(self.ending, Ending::Exit(0), "{}", self.stderr);
        let header = &self.recording.header;
        assert_eq!((header.class, header.clock), (Class::Order, Clock::Real), "{}", header.runtime);
        assert_eq!(header.notes, [why]);
    }

    /// What was printed, with the time in milliseconds: `0 Hello`.
    pub fn prints(&self) -> Vec<String> {
        self.lines(|what| match what {
            What::Print { text, .. } => Some(text.clone()),
            _ => None,
        })
    }

    /// What the tasks waited for: `0 main: 1 s`.
    pub fn waits(&self) -> Vec<String> {
        let names = self.recording.names();
        self.lines(|what| match what {
            What::Pending { task, on, .. } => {
                let on = on.as_ref().map(|on| kinds(on, &names));
                Some(format!("{}: {}", names.of(*task), on.as_deref().unwrap_or("unknown")))
            }
            _ => None,
        })
    }

    /// What was printed on standard output.
    pub fn stdout(&self) -> Vec<String> {
        let events = self.recording.events.iter();
        let printed = events.filter_map(|event| match &event.what {
            What::Print { text, stream: Stream::Stdout, .. } => Some(text.clone()),
            _ => None,
        });
        printed.collect()
    }

    /// Who was woken by whom: `50 main: timer`.
    pub fn wakes(&self) -> Vec<String> {
        let names = self.recording.names();
        self.lines(|what| match what {
            What::Wake { task, by } => Some(format!(
                "{}: {}",
                names.of(*task),
                match by {
                    By::Task(by) => names.of(*by),
                    By::Source(Source::Timer) => "timer",
                    By::Source(Source::Io) => "io",
                    By::Source(Source::Runtime) => "runtime",
                }
            )),
            _ => None,
        })
    }

    /// Who was cancelled by whom: `50 foo by main`.
    pub fn cancels(&self) -> Vec<String> {
        let names = self.recording.names();
        self.lines(|what| match what {
            What::Cancel { task, by, .. } => Some(match by {
                Some(By::Task(by)) => format!("{} by {}", names.of(*task), names.of(*by)),
                Some(By::Source(by)) => format!("{} by {by:?}", names.of(*task)),
                None => names.of(*task).to_owned(),
            }),
            _ => None,
        })
    }

    /// How tasks ended: `50 foo ready`.
    pub fn ends(&self) -> Vec<String> {
        let names = self.recording.names();
        self.lines(|what| match what {
            What::Ready { task } => Some(format!("{} ready", names.of(*task))),
            What::Cancelled { task } => Some(format!("{} cancelled", names.of(*task))),
            What::Panic { task, text, .. } => Some(format!("{} panic: {text}", names.of(*task))),
            What::Exit { task: Some(task), status, .. } => {
                Some(format!("{} exits with {status}", names.of(*task)))
            }
            _ => None,
        })
    }

    fn lines(&self, of: impl Fn(&What) -> Option<String>) -> Vec<String> {
        let events = self.recording.events.iter();
        events.filter_map(|e| Some(format!("{} {}", e.t / 1000, of(&e.what)?))).collect()
    }

    /// The context switches: `main[Hello] foo[foo] 1000 main[World] foo✗`, a
    /// number being a time to which the clock jumps.
    pub fn switches(&self) -> String {
        let names = self.recording.names();
        let (mut words, mut now) = (Vec::new(), 0);
        let mut prints: Vec<&str> = Vec::new();
        for event in &self.recording.events {
            if event.t != now {
                now = event.t;
                words.push((now / 1000).to_string());
            }
            match &event.what {
                What::Print { text, .. } => prints.push(text),
                What::Pending { task, .. }
                | What::Ready { task }
                | What::Panic { task, .. }
                | What::Cancelled { task } => {
                    let printed = match prints.as_slice() {
                        [] => String::new(),
                        some => format!("[{}]", some.join("/")),
                    };
                    prints.clear();
                    let end = match event.what {
                        What::Cancelled { .. } => "✗",
                        What::Panic { .. } => "!",
                        _ => "",
                    };
                    words.push(format!("{}{printed}{end}", names.of(*task)));
                }
                _ => {}
            }
        }
        words.join(" ")
    }
}

/// The events one a line, for the message of a failed test.
pub fn show(recording: &Recording) -> String {
    let lines = recording.events.iter().map(|e| serde_json::to_string(e).unwrap());
    lines.collect::<Vec<_>>().join("\n")
}
