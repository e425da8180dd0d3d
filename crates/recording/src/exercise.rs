//! Whether a program does what an exercise asks for. The recording decides, never
//! the program's text: no finding is left, the right lines are printed, and it is
//! over at the right time, neither later, as what runs in turn is, nor earlier, as
//! what leaves out a part of the work is. What prints the right lines without doing
//! the work waits for less in all.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::{Clock, Recording, What};
use crate::on::On;
use crate::part::Part;
use crate::session::Ending;
use crate::words::nanoseconds;

/// On the machine's clock nothing is over exactly in time: so many µs later will do.
const ALLOWED: u64 = 500_000;

/// What the run of a program has to be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// The lines that it prints.
    pub output: Vec<String>,
    /// Whether they may come in any order.
    #[serde(default)]
    pub any_order: bool,
    /// Milliseconds after its start at which `main` has to be done at the latest.
    pub latest: u64,
    /// And before which it cannot be, if all of the work is done.
    pub earliest: u64,
    /// What all waits for time and for other threads come to at least, in milliseconds,
    /// side by side or not.
    #[serde(default)]
    pub waited: u64,
    /// What helps whoever fails, by the way of failing: see [`Verdict::way`].
    pub says: BTreeMap<String, String>,
}

/// What is said of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether the exercise is solved.
    pub passed: bool,
    /// `passed`, or how it failed: `output`, `late`, `early`, `ended` where it did not
    /// end well, `unseen` where not all of it was recorded, or the
    /// [word](crate::findings::Kind::word) of the worst finding.
    pub way: String,
    /// What was seen, a sentence.
    pub seen: String,
    /// What helps, if the exercise has a word for it.
    pub help: Option<String>,
}

impl Exercise {
    /// Judges a run that ended so, of which `part` shows all that could be kept.
    pub fn judge(&self, part: &Part, ending: &Ending) -> Verdict {
        let run = &part.recording;
        let is_whole = !run.header.partial && part.more.is_none() && part.broken.is_none();
        let printed: Vec<&str> =
            run.events.iter().filter_map(|event| event.what.stdout()).collect();
        let over = over(run);
        let (way, seen) = if let Some(worst) = part.findings.first() {
            (worst.kind.word(), format!("Found: {}.", worst.says))
        } else if *ending != Ending::Exit(0) {
            ("ended".to_owned(), format!("It {}.", ending.words(None)))
        } else if !is_whole {
            ("unseen".to_owned(), "Not all of it was recorded, so nothing is proven.".to_owned())
        } else if let Some(other) = self.other(&printed) {
            ("output".to_owned(), other)
        } else if over > self.latest * 1000 + allowed(run) {
            let (over, latest) = (time(over), time(self.latest * 1000));
            ("late".to_owned(), format!("It is over at {over}, and can be at {latest}."))
        } else if over < self.earliest * 1000 {
            let (over, earliest) = (time(over), time(self.earliest * 1000));
            let seen = format!("It is over at {over}, and all of its work takes {earliest}.");
            ("early".to_owned(), seen)
        } else if waited(run, over) < self.waited * 1000 {
            let (waited, work) = (time(waited(run, over)), time(self.waited * 1000));
            let seen = format!("All that it waits for comes to {waited}, and its work to {work}.");
            ("early".to_owned(), seen)
        } else {
            let seen = format!("The right lines, nothing found, over at {}.", time(over));
            ("passed".to_owned(), seen)
        };
        let help = self.says.get(&way).cloned();
        Verdict { passed: way == "passed", way, seen, help }
    }

    /// How the lines differ from those that are asked for, if they do.
    fn other(&self, printed: &[&str]) -> Option<String> {
        let (mut asked, mut printed) = (self.output.clone(), printed.to_vec());
        if self.any_order {
            asked.sort_unstable();
            printed.sort_unstable();
        }
        let same = asked.iter().zip(&printed).take_while(|(one, other)| one == other).count();
        match (asked.get(same), printed.get(same)) {
            (None, None) => None,
            (Some(asked), None) => Some(format!("“{asked}” is never printed.")),
            (None, Some(printed)) => Some(format!("“{printed}” is printed, and should not be.")),
            (Some(asked), Some(printed)) => {
                Some(format!("“{printed}” is printed where “{asked}” should be."))
            }
        }
    }
}

/// When `main` was done, in µs; if it was not, the last that is known.
fn over(run: &Recording) -> u64 {
    let end = run.events.iter().find(|event| matches!(event.what, What::End { .. }));
    end.or(run.events.last()).map_or(0, |event| event.t)
}

/// How long the timers that were set until `over` ran until then, and how long threads
/// were waited for, in all: µs.
fn waited(run: &Recording, over: u64) -> u64 {
    let mut sum = 0;
    let mut away = BTreeMap::new();
    for event in &run.events {
        match &event.what {
            What::Timer { us, .. } => sum += (*us).min(over.saturating_sub(event.t)),
            What::Pending { task, on: Some(on), .. } => {
                let calls = on.iter().flat_map(On::parts).map(|on| match on {
                    On::Blocking { n } => u64::from(*n),
                    _ => 0,
                });
                away.insert(*task, (event.t, calls.sum::<u64>()));
            }
            What::Wake { task, .. } => {
                sum += away.remove(task).map_or(0, |(since, calls)| calls * (event.t - since));
            }
            _ => {}
        }
    }
    sum
}

fn allowed(run: &Recording) -> u64 {
    if run.header.clock == Clock::Real { ALLOWED } else { 0 }
}

fn time(us: u64) -> String {
    nanoseconds(u128::from(us) * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::{At, Finding, Kind};
    use crate::part::Around;
    use std::io::Cursor;

    fn exercise() -> Exercise {
        Exercise {
            output: vec!["a".to_owned(), "b".to_owned()],
            latest: 1000,
            earliest: 1000,
            says: [("late".to_owned(), "Side by side.".to_owned())].into(),
            ..Exercise::default()
        }
    }

    /// A run that prints these lines and is over at that time, in ms.
    fn run(lines: &[&str], over: u64, header: &str) -> Part {
        let mut text = format!(
            r#"{{"format":2,"program":"a","language":"rust","runtime":"tokio 1.54.1","class":"exact",{header}}}"#
        );
        for line in lines {
            text += &format!("\n{{\"t\":0,\"ev\":\"print\",\"task\":0,\"text\":\"{line}\"}}");
        }
        text += &format!("\n{{\"t\":{},\"ev\":\"end\",\"task\":0}}", over * 1000);
        // What tasks do after main is no time of the program's.
        text += &format!("\n{{\"t\":{},\"ev\":\"ready\",\"task\":1}}", over * 1000 + 9_000_000);
        let recording = Recording::read(Cursor::new(text)).unwrap();
        let around = Around::default();
        Part { recording, around, more: None, findings: Vec::new(), broken: None }
    }

    #[test]
    fn what_is_wrong_with_a_run_is_said() {
        let exact = r#""clock":"virtual""#;
        let done = Ending::Exit(0);
        for (lines, over, ending, way, seen) in [
            (&["a", "b"][..], 1000, &done, "passed", "nothing found, over at 1 s"),
            (&["a", "b"], 3000, &done, "late", "over at 3 s, and can be at 1 s"),
            (&["a", "b"], 1001, &done, "late", "over at 1.001 s"),
            (&["a", "b"], 0, &done, "early", "over at 0 s, and all of its work takes 1 s"),
            (&["a"], 1000, &done, "output", "“b” is never printed"),
            (&["a", "b", "c"], 1000, &done, "output", "“c” is printed, and should not be"),
            (&["b", "a"], 1000, &done, "output", "“b” is printed where “a” should be"),
            (&["a", "b"], 1000, &Ending::Exit(1), "ended", "ended with status 1"),
            (&["a", "b"], 1000, &Ending::TimedOut, "ended", "took too long"),
        ] {
            let verdict = exercise().judge(&run(lines, over, exact), ending);
            assert_eq!(verdict.way, way);
            assert!(verdict.seen.contains(seen), "{verdict:?}");
            assert_eq!(verdict.passed, way == "passed");
            assert_eq!(verdict.help.is_some(), way == "late", "{verdict:?}");
        }
    }

    #[test]
    fn a_finding_comes_first_and_what_was_not_recorded_proves_nothing() {
        let says = "line 3 (in foo) held the thread for 1 s".to_owned();
        let finding =
            Finding { kind: Kind::Held, says, lines: vec![], evidence: vec![At::default()] };
        let good = || run(&["a", "b"], 1000, r#""clock":"virtual""#);
        let verdict =
            exercise().judge(&Part { findings: vec![finding], ..good() }, &Ending::Exit(0));
        assert_eq!((verdict.passed, verdict.way.as_str()), (false, "held"));
        assert_eq!(verdict.seen, "Found: line 3 (in foo) held the thread for 1 s.");
        let partial = run(&["a", "b"], 1000, r#""clock":"virtual","partial":true"#);
        assert_eq!(exercise().judge(&partial, &Ending::Exit(0)).way, "unseen");
        // More happened than was kept: what is not there may have come after it.
        let cut = Part { more: Some((7, 1_000_000)), ..run(&["a"], 1000, r#""clock":"virtual""#) };
        assert_eq!(exercise().judge(&cut, &Ending::Exit(0)).way, "unseen");
    }

    #[test]
    fn lines_of_tasks_side_by_side_may_come_in_any_order() {
        let exercise = Exercise { any_order: true, ..exercise() };
        let way = |lines: &[&str]| {
            let run = run(lines, 1000, r#""clock":"virtual""#);
            exercise.judge(&run, &Ending::Exit(0)).way
        };
        assert_eq!(way(&["b", "a"]), "passed");
        assert_eq!(way(&["b", "b"]), "output");
    }

    #[test]
    fn what_is_printed_without_the_work_waits_for_less() {
        let asked = Exercise { waited: 4500, ..exercise() };
        let events = |slept: u64, thread: bool| {
            let mut part = run(&["a", "b"], 1000, r#""clock":"virtual""#);
            let lines = [
                format!(r#"{{"t":0,"ev":"timer","task":0,"us":{slept}}}"#),
                r#"{"t":0,"ev":"pending","task":1,"on":[{"for":"all","on":[{"for":"time"},{"for":"blocking"}]}]}"#.to_owned(),
                r#"{"t":500000,"ev":"wake","task":1,"by":"io"}"#.to_owned(),
            ];
            let text = lines[..if thread { 3 } else { 1 }].join("\n");
            let header = serde_json::to_string(&part.recording.header).unwrap();
            let more = Recording::read(Cursor::new(format!("{header}\n{text}"))).unwrap();
            for _ in 0..4 {
                part.recording.events.splice(0..0, more.events.clone());
            }
            asked.judge(&part, &Ending::Exit(0))
        };
        assert!(events(1_000_000, true).passed, "four of a second, and four of half of one");
        // A timer that is still running at the end is waited for until then.
        assert!(events(9_000_000, true).passed);
        let verdict = events(1_000_000, false);
        assert_eq!(verdict.way, "early");
        assert!(verdict.seen.contains("comes to 4 s, and its work to 4.5 s"), "{verdict:?}");
    }

    #[test]
    fn on_the_machines_clock_it_may_be_a_little_late() {
        let way = |over| {
            let run = run(&["a", "b"], over, r#""clock":"real""#);
            exercise().judge(&run, &Ending::Exit(0)).way
        };
        assert_eq!((way(1400), way(3000)), ("passed".to_owned(), "late".to_owned()));
    }
}
