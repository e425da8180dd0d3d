//! A run that did not come to its own end, and where everybody stood then.
//!
//! It is said only of a run of which nothing else says why: so of none that had
//! to be stopped nothing is found.

use std::collections::BTreeMap;
use std::time::Duration;

use super::cast::Cast;
use super::finding::{At, Finding};
use super::kind::Kind;
use crate::event::{Event, Line, TaskId, What};
use crate::names::Names;
use crate::run::{Run, State, Task};
use crate::session::Ending;
use crate::words::{duration, round};

/// As many of those who stood somewhere are named.
const MOST: usize = 4;

/// Nothing happened for so long: that is worth a word.
const LONG: Duration = Duration::from_secs(1);

/// Where the tasks stand.
#[derive(Debug, Default)]
pub struct Stands {
    stands: BTreeMap<TaskId, Stand>,
    last: At,
}

#[derive(Debug)]
struct Stand {
    /// What brought it to what it is at.
    at: At,
    line: Option<Line>,
}

impl Stands {
    /// Takes the event that is the `at`, after which the run is so.
    pub(super) fn see(&mut self, at: At, event: &Event, run: &Run) {
        self.last = at;
        let (task, line) = match &event.what {
            What::Spawn { task, line, .. }
            | What::Poll { task, line, .. }
            | What::Block { task: Some(task), line, .. }
            | What::Pending { task, line, .. } => (*task, *line),
            What::Wake { task, .. }
                if run.task(*task).is_some_and(|task| task.state == State::Ready) =>
            {
                (*task, None)
            }
            _ => return,
        };
        let line = line.or_else(|| self.stands.get(&task)?.line);
        self.stands.insert(task, Stand { at, line });
    }

    /// What is to be said of a run that ended so, `silent` for that long before.
    pub(super) fn finish(
        &self,
        ending: &Ending,
        silent: Duration,
        run: &Run,
        cast: &Cast<'_>,
    ) -> Finding {
        let names = cast.names();
        // Tasks of one name that do the same at one line are told together.
        let mut groups: Vec<(Vec<TaskId>, &Task, &Stand)> = Vec::new();
        let mut known: BTreeMap<(&str, Option<Line>, String), usize> = BTreeMap::new();
        for (task, stand) in &self.stands {
            let Some(is) = run.task(*task).filter(|task| !task.state.is_end()) else { continue };
            let key = (cast.plain(*task), stand.line, does(is, 1, &names, cast));
            let at = *known.entry(key).or_insert(groups.len());
            if at == groups.len() {
                groups.push((Vec::new(), is, stand));
            }
            groups[at].0.push(*task);
        }
        let say = |(tasks, is, stand): &(Vec<TaskId>, &Task, &Stand)| {
            let does = does(is, tasks.len(), &names, cast);
            format!("{} {does}{}", names.row(tasks.iter().copied()), cast.at(stand.line))
        };
        let mut says: Vec<String> = groups.iter().map(say).collect();
        if says.len() > MOST {
            let rest = says.len() - MOST;
            says.truncate(MOST);
            says.push(format!("and {rest} more stand elsewhere"));
        }
        if says.is_empty() {
            says.push("no task was left".to_owned());
        }
        let still = match silent >= LONG {
            true => {
                let silent = duration(round(u64::try_from(silent.as_micros()).unwrap_or(u64::MAX)));
                format!(", where for the last {silent} nothing happened")
            }
            false => String::new(),
        };
        let mut evidence: Vec<At> = groups.iter().take(MOST).map(|(.., stand)| stand.at).collect();
        if evidence.is_empty() {
            evidence.push(self.last);
        }
        Finding {
            kind: Kind::Stopped,
            says: format!("it {}{still}: {}", ending.words(None), says.join(", ")),
            lines: groups.iter().take(MOST).filter_map(|(.., stand)| stand.line).collect(),
            evidence,
        }
    }
}

/// What so many tasks like this one do: `waits for 1 s`, `have the thread`.
fn does(task: &Task, n: usize, names: &Names, cast: &Cast<'_>) -> String {
    match task.state {
        State::Running if n == 1 => "has the thread".to_owned(),
        State::Running => "have the thread".to_owned(),
        State::Ready => "could run".to_owned(),
        _ => {
            let on = cast.waits(task.on.as_deref(), names, "something that is not known");
            format!("{} for {on}", if n == 1 { "waits" } else { "wait" })
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::event::Recording;
    use crate::findings::{Kind, findings};

    use super::*;

    const HEADER: &str = r#"{"format":2,"program":"p","language":"rust","runtime":"tokio 1.54.1","clock":"real","class":"order"}"#;

    /// Two tasks that wait for data.
    const WAIT: &str = r#"
{"t":0,"ev":"spawn","task":0,"name":"main"}
{"t":0,"ev":"poll","task":0}
{"t":1,"ev":"spawn","task":1,"name":"serve","by":0,"line":4}
{"t":1,"ev":"spawn","task":2,"name":"serve","by":0,"line":4}
{"t":2,"ev":"pending","task":0,"on":[{"for":"tasks","of":[1]}],"line":5}
{"t":3,"ev":"poll","task":1}
{"t":3,"ev":"pending","task":1,"on":[{"for":"io","what":"data"}],"line":9}
{"t":4,"ev":"poll","task":2}
{"t":4,"ev":"pending","task":2,"on":[{"for":"io","what":"data"}],"line":9}"#;

    fn found(events: &str, ending: &Ending, silent: u64) -> Vec<Finding> {
        let recording = Recording::read(format!("{HEADER}{events}").as_bytes()).unwrap();
        findings(&recording, ending, Duration::from_secs(silent), "", None)
    }

    #[test]
    fn a_run_that_had_to_be_stopped_says_where_everybody_stood() {
        let [stopped] = &found(WAIT, &Ending::TimedOut, 8)[..] else { panic!("one finding") };
        assert_eq!(stopped.kind, Kind::Stopped);
        assert_eq!(stopped.lines, [5, 9]);
        // Where main and the first of the others were suspended.
        assert_eq!(stopped.evidence.iter().map(|at| at.event).collect::<Vec<_>>(), [4, 6]);
    }

    #[test]
    fn of_no_run_that_did_not_end_nothing_is_found() {
        for ending in [
            Ending::Stuck,
            Ending::TimedOut,
            Ending::Interrupted,
            Ending::Flooded,
            Ending::Signal(9),
        ] {
            for silent in [0, 8] {
                for events in ["", WAIT, WAIT.rsplit_once('\n').unwrap().0] {
                    assert_ne!(found(events, &ending, silent), [], "{ending:?} {events}");
                }
            }
        }
    }

    #[test]
    fn of_a_run_that_ended_by_itself_it_is_not_said() {
        for ending in [Ending::Exit(0), Ending::Exit(1)] {
            assert_eq!(found(WAIT, &ending, 8), []);
        }
    }

    #[test]
    fn a_thread_held_for_good_is_said_and_not_that_nobody_could_wake_the_others() {
        let held = WAIT.rsplit_once('\n').unwrap().0;
        let [held] = &found(held, &Ending::Stuck, 0)[..] else { panic!("one finding") };
        assert_eq!(held.kind, Kind::Held);
        assert_eq!(held.evidence.iter().map(|at| at.event).collect::<Vec<_>>(), [7]);
    }

    #[test]
    fn it_is_said_so() {
        let held = WAIT.rsplit_once('\n').unwrap().0;
        let found = [found(WAIT, &Ending::TimedOut, 8), found(held, &Ending::Stuck, 0)].concat();
        let says: Vec<&str> = found.iter().map(|one| one.says.as_str()).collect();
        insta::assert_snapshot!(says.join("\n"), @r"
        it took too long and was stopped, where for the last 8 s nothing happened: main waits for serve #1 to finish (line 5), serve #1 and serve #2 wait for data (line 9)
        serve #2 has the thread and does not give it back: its last poll never ended
        ");
    }
}
