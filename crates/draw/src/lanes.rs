//! The tasks side by side: each has a lane of its own as long as they are few;
//! of many, those of one kind share one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::story::{Act, Place, Story};
use super::voice::Says;
use recording::event::TaskId;
use recording::words::shorten;

/// So many tasks can stand side by side and be read.
const FEW: usize = 12;

/// As many kinds have a lane of their own; the rest share the last.
const KINDS: usize = 16;

/// Which places share a lane.
#[derive(Clone, Debug, Default)]
pub struct Lanes {
    /// The first of its kind, for those that share a lane with it.
    first: HashMap<TaskId, TaskId>,
    /// What the lane of the first is called.
    names: HashMap<TaskId, String>,
}

impl Lanes {
    /// The lanes of a story; every place by itself, unless tasks are many.
    pub fn of(story: &Story, shown: &BTreeSet<Place>) -> Self {
        let tasks: Vec<TaskId> = shown
            .iter()
            .filter_map(|place| if let Place::Task(task) = place { Some(*task) } else { None })
            .collect();
        let mut lanes = Lanes::default();
        if tasks.len() <= FEW {
            return lanes;
        }
        let mut kinds: Vec<(&str, Vec<TaskId>)> = Vec::new();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for task in tasks {
            let kind = story.tasks.base(task);
            let at = *known.entry(kind).or_insert(kinds.len());
            if at == kinds.len() {
                kinds.push((kind, Vec::new()));
            }
            kinds[at].1.push(task);
        }
        let rest = kinds.split_off(kinds.len().min(KINDS));
        let rest: Vec<TaskId> = rest.into_iter().flat_map(|(_, tasks)| tasks).collect();
        kinds.push(("others", rest));
        for (kind, tasks) in kinds.iter().filter(|(_, tasks)| tasks.len() > 1) {
            lanes.first.extend(tasks.iter().map(|task| (*task, tasks[0])));
            lanes.names.insert(tasks[0], format!("{} ×{}", shorten(kind, 18), tasks.len()));
        }
        lanes
    }

    /// The place whose lane `place` is drawn in. Branches of a task that shares
    /// its lane are drawn there, too.
    pub fn lane(&self, story: &Story, place: Place) -> Place {
        let task = match place {
            Place::Task(task) => task,
            Place::Branch(branch) => story.branches[branch].0,
            _ => return place,
        };
        self.first.get(&task).map_or(place, |first| Place::Task(*first))
    }

    /// What the lane is called that `place` begins.
    pub fn name<'a>(&'a self, story: &'a Story, place: Place) -> &'a str {
        match place {
            Place::Task(task) => self.names.get(&task).map_or(story.name(place), String::as_str),
            _ => story.name(place),
        }
    }

    /// What stands above the lane of each of `places`, in at most `width`
    /// characters; no two tasks' are alike.
    pub fn labels(&self, story: &Story, places: &[Place], width: usize) -> HashMap<Place, String> {
        let tasks = story.tasks.labels(width, shorten);
        let label = |place: &Place| match place {
            Place::Task(task) if !self.names.contains_key(task) => {
                tasks.get(*task as usize).map_or("?", String::as_str).to_owned()
            }
            place => shorten(self.name(story, *place), width),
        };
        places.iter().map(|place| (*place, label(place))).collect()
    }

    /// `says`, with the name of a `place` that shares its lane with others.
    pub fn says(&self, story: &Story, place: Place, says: &Says) -> Says {
        let name = match place {
            Place::Task(task) if self.first.contains_key(&task) => {
                match story.tasks.get(task).and_then(|name| name.number) {
                    Some(number) => format!("#{number}"),
                    None => story.name(place).to_owned(),
                }
            }
            Place::Branch(_) if self.lane(story, place) != place => story.name(place).to_owned(),
            _ => return says.clone(),
        };
        let mut says = says.clone();
        says.push(&Says { text: format!(" ({name})"), like: format!(" ({})", story.kind(place)) });
        says
    }
}

/// Every place that has a part in a story.
pub fn parts(story: &Story) -> BTreeSet<Place> {
    let mut parts = BTreeSet::new();
    for beat in &story.beats {
        match beat.act {
            Act::Call { from, to, .. }
            | Act::Return { from, to, .. }
            | Act::Signal { from, to, .. } => parts.extend([from, to]),
            Act::Stop { by, of, .. } => parts.extend([by, of]),
            Act::Print { at, .. } | Act::Note { at, .. } | Act::Stands { at, .. } => {
                parts.extend([at]);
            }
            Act::Halt { of } => parts.extend([of]),
            Act::Across { .. } => {}
        }
    }
    parts
}
