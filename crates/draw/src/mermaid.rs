//! The story as a mermaid sequence diagram.
//!
//! Whatever the program is called and prints, the diagram is valid: names
//! become plain identifiers, texts are cut to length and what mermaid would
//! read as syntax is written as an entity.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write;

use super::facts::facts;
use super::fold::{Drawn, fold};
use super::lanes::{self, Lanes};
use super::scene::Scene;
use super::story::{Act, Beat, Place, Story};
use super::voice::Says;
use recording::event::{Language, TaskId};
use recording::words::{list, shorten, visible};

/// The longest text on an arrow or in a note, in characters.
const WIDTH: usize = 60;

/// The longest name of a participant, in characters.
const NAME: usize = 24;

/// Words that mermaid reads as its own, whatever their case.
const RESERVED: [&str; 31] = [
    "accdescr",
    "acctitle",
    "activate",
    "actor",
    "alt",
    "and",
    "as",
    "autonumber",
    "box",
    "break",
    "create",
    "critical",
    "deactivate",
    "destroy",
    "details",
    "else",
    "end",
    "left",
    "link",
    "links",
    "loop",
    "note",
    "off",
    "opt",
    "option",
    "over",
    "par",
    "participant",
    "properties",
    "rect",
    "right",
];

/// Draws a scene, ending with a line break.
///
/// One participant each for the timers, the runtime (or each of its workers)
/// and every task; solid
/// arrows with activation are polls (asyncio: steps), dashed ones their
/// answers, open ones what is asked of the runtime or the timers. Branches of
/// a task stand with it in a box. Rounds that repeat are drawn once.
pub fn mermaid(scene: &Scene<'_>) -> String {
    let story = Story::of(scene);
    let shown = shown(scene, &story);
    let lanes = Lanes::of(&story, &shown);
    let used = used(&story, &lanes, shown);
    let ids = Ids::new(&story, &lanes, &used);
    let across = match (used.first(), used.last()) {
        (Some(first), Some(last)) if first != last => {
            format!("{},{}", ids.of(*first), ids.of(*last))
        }
        _ => ids.of(Place::Runtime).to_owned(),
    };
    let draw = |beat: &Beat| draw(beat, &story, &lanes, &ids, &across);
    let drawn = story.beats.iter().map(draw).collect();

    let mut out = String::from("sequenceDiagram\n");
    let (title, description) = alternative(scene, &story);
    let _ = writeln!(out, "    accTitle: {}", escape(&title));
    let _ = writeln!(out, "    accDescr: {}", escape(&description));
    let labels = lanes.labels(&story, &used, NAME);
    for group in groups(&used, &story) {
        let participant = |place: &Place| match (ids.of(*place), &labels[place]) {
            (id, name) if id == name => format!("participant {id}"),
            (id, name) => format!("participant {id} as {}", label(name)),
        };
        if let [place] = group.as_slice() {
            let _ = writeln!(out, "    {}", participant(place));
        } else {
            let name = escape(&labels[&group[0]]);
            let _ = writeln!(out, "    box transparent inside {name}");
            for place in &group {
                let _ = writeln!(out, "        {}", participant(place));
            }
            out.push_str("    end\n");
        }
    }
    for line in fold(drawn, scene.most, |says| format!("Note over {across}: {says}")) {
        let _ = writeln!(out, "    {line}");
    }
    out
}

/// The places that have a part in the story; of a whole run all of its tasks.
fn shown(scene: &Scene<'_>, story: &Story) -> BTreeSet<Place> {
    let mut shown = lanes::parts(story);
    if scene.around.is_none() {
        shown.extend(
            (0..story.tasks.len()).filter_map(|task| Some(Place::Task(task.try_into().ok()?))),
        );
        shown.extend((0..story.branches.len()).map(Place::Branch));
    }
    if scene.is_plain() {
        shown.remove(&Place::Runtime);
    } else if story.workers.is_empty() {
        shown.insert(Place::Runtime);
    }
    shown
}

/// The lanes from left to right: a task's branches at its right.
fn used(story: &Story, lanes: &Lanes, shown: BTreeSet<Place>) -> Vec<Place> {
    let used: BTreeSet<Place> = shown.into_iter().map(|place| lanes.lane(story, place)).collect();
    let mut used: Vec<Place> = used.into_iter().collect();
    used.sort_by_key(|place| match place {
        Place::Branch(branch) => (Place::Task(story.branches[*branch].0), Some(*branch)),
        place => (*place, None),
    });
    used
}

/// Each place by itself, but a task with its branches together.
fn groups(used: &[Place], story: &Story) -> Vec<Vec<Place>> {
    let mut groups: Vec<Vec<Place>> = Vec::new();
    for place in used {
        match (place, groups.last_mut()) {
            (Place::Branch(branch), Some(group))
                if group[0] == Place::Task(story.branches[*branch].0) =>
            {
                group.push(*place);
            }
            _ => groups.push(vec![*place]),
        }
    }
    groups
}

fn draw(beat: &Beat, story: &Story, lanes: &Lanes, ids: &Ids, across: &str) -> Drawn {
    let lane = |place: &Place| lanes.lane(story, *place);
    let id = |place: &Place| ids.of(lane(place));
    let of = |place: &Place, says: &Says| lanes.says(story, *place, says);
    let mut drawn = Drawn { t: beat.t, ..Drawn::default() };
    let (ends, says) = match &beat.act {
        Act::Call { from, to, says } => {
            drawn.opens = Some(lane(to));
            (format!("{}->>+{}", id(from), id(to)), of(to, says))
        }
        Act::Return { from, to, says } => {
            drawn.closes = Some(lane(from));
            (format!("{}-->>-{}", id(from), id(to)), of(from, says))
        }
        Act::Signal { from, to, says } => (format!("{}-){}", id(from), id(to)), of(from, says)),
        Act::Stop { by, of: stopped, says } => {
            (format!("{}-x{}", id(by), id(stopped)), of(stopped, says))
        }
        Act::Print { at, says } | Act::Note { at, says } | Act::Stands { at, says, .. } => {
            (format!("Note over {}", id(at)), of(at, says))
        }
        Act::Halt { of } => {
            drawn.closes = Some(lane(of));
            drawn.line = format!("deactivate {}", id(of));
            drawn.shape.clone_from(&drawn.line);
            return drawn;
        }
        Act::Across { says } => (format!("Note over {across}"), says.clone()),
    };
    let width = if matches!(beat.act, Act::Across { .. }) { 2 * WIDTH } else { WIDTH };
    drawn.shape = format!("{ends}: {}", shorten(&says.like, width));
    drawn.line = format!("{ends}: {}", escape(&shorten(&says.text, width)));
    drawn
}

/// The identifiers of the participants: ASCII words, no two alike, none of
/// them mermaid's own.
struct Ids(HashMap<Place, String>);

impl Ids {
    fn new(story: &Story, lanes: &Lanes, used: &[Place]) -> Self {
        let mut taken = HashSet::new();
        let mut ids = HashMap::new();
        for place in used {
            let mut id = plain(lanes.name(story, *place));
            if id.is_empty() || RESERVED.contains(&id.to_lowercase().as_str()) {
                id = match place {
                    Place::Branch(branch) => format!("{id}_branch{branch}"),
                    Place::Task(task) => format!("{id}_task{task}"),
                    _ => id,
                };
            }
            // A suffix of the place's own number, so that none is tried twice.
            if !taken.insert(id.clone()) {
                id = match place {
                    Place::Branch(branch) => format!("{id}__branch{branch}"),
                    Place::Task(task) => format!("{id}__task{task}"),
                    _ => id,
                };
                taken.insert(id.clone());
            }
            ids.insert(*place, id);
        }
        Ids(ids)
    }

    fn of(&self, place: Place) -> &str {
        self.0.get(&place).map_or("runtime", String::as_str)
    }
}

/// `foo #1` becomes `foo1`, `event loop` `eventloop`; the rest of a branch's
/// expression is cut.
fn plain(name: &str) -> String {
    let word = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    let id: String = name.chars().filter(word).take(NAME).collect();
    match id.chars().next() {
        // In `a-->>-xs` mermaid reads `-x`, an arrow.
        Some('x' | 'X') => format!("_{id}"),
        Some(c) if c.is_ascii_alphabetic() => id,
        _ => String::new(),
    }
}

/// Title and description for those who do not see the diagram.
fn alternative(scene: &Scene<'_>, story: &Story) -> (String, String) {
    let header = &scene.recording.header;
    let language = match (header.language, scene.is_plain()) {
        (Language::Rust, false) => "tokio",
        (Language::Rust, true) => "Rust",
        (Language::Python, false) => "asyncio",
        (Language::Python, true) => "Python",
    };
    let title = format!("{} in {language}: who has the thread", shorten(&header.program, 40));
    let prints = scene.recording.events.iter().filter_map(|event| event.what.stdout());
    // What is printed over and over is said once.
    let mut lines: Vec<(&str, usize)> = Vec::new();
    for print in prints {
        match lines.last_mut() {
            Some((last, times)) if *last == print => *times += 1,
            _ => lines.push((print, 1)),
        }
    }
    let times = |(line, times): (&str, usize)| match times {
        1 => line.to_owned(),
        times => format!("{line} ({times} times)"),
    };
    let lines: Vec<String> = lines.into_iter().map(times).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let printed = match lines.is_empty() {
        true => "nothing".to_owned(),
        false => shorten(&list(&lines, 12), 200),
    };
    let all = TaskId::try_from(story.tasks.len()).unwrap_or(TaskId::MAX);
    let names: Vec<Cow<'_, str>> = (0..all.min(9)).map(|task| story.tasks.said(task)).collect();
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let names = if all > 8 { story.tasks.series(0..all) } else { list(&names, 8) };
    let tasks = shorten(&names, 100);
    (title, format!("Tasks: {tasks}. In all {}. Printed: {printed}.", facts(scene)))
}

/// A participant's name. Mermaid takes `wrap:` and `nowrap:` at its beginning
/// for an order.
fn label(name: &str) -> String {
    let name = escape(name);
    let start = name.trim_start().trim_start_matches(':').to_lowercase();
    match start.starts_with("wrap:") || start.starts_with("nowrap:") || name.starts_with(':') {
        true => name.replace(':', "#58;"),
        false => name,
    }
}

/// Writes as entities what mermaid or HTML would read as syntax.
///
/// ```
/// # use draw::mermaid::escape;
/// assert_eq!(escape("a; #1 <b>"), "a#59; #35;1 #lt;b#gt;");
/// ```
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '<' => escaped.push_str("#lt;"),
            '>' => escaped.push_str("#gt;"),
            '&' => escaped.push_str("#amp;"),
            // A comment or directive, mathematics, a comment, mdBook's braces.
            '#' | ';' | '%' | '$' | '\\' | '{' | '}' => {
                let _ = write!(escaped, "#{};", c as u32);
            }
            c => escaped.push(c),
        }
    }
    escaped
}
