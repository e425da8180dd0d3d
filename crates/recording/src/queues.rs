//! How tasks come from one worker to another.
//!
//! A worker has a queue of its own: what is woken or spawned on it waits there.
//! What is woken elsewhere waits in the queue that all share. A worker with
//! nothing to do takes from the shared queue, or *steals* from another's.

use std::collections::HashMap;

use crate::event::{Event, TaskId, What};

/// How a task came to the worker that polls it, if not as was to be expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It waited in the queue of this other worker.
    Stolen(u32),
    /// It waited in the shared queue, and was polled by this other worker before.
    Moved(u32),
}

/// Where the tasks wait to be polled, and were polled last.
#[derive(Clone, Debug, Default)]
pub struct Queues {
    waits: HashMap<TaskId, u32>,
    polled: HashMap<TaskId, u32>,
}

impl Queues {
    /// Takes the next event; of a poll, says how the task came there.
    pub fn take(&mut self, event: &Event) -> Option<Came> {
        match event.what {
            What::Spawn { task, .. } | What::Wake { task, .. } => {
                match event.worker {
                    Some(worker @ 1..) => self.waits.insert(task, worker),
                    _ => self.waits.remove(&task),
                };
                None
            }
            What::Poll { task, .. } => {
                // The root future stays on its thread.
                let worker @ 1.. = event.worker? else { return None };
                let waited = self.waits.remove(&task);
                let before = self.polled.insert(task, worker);
                match (waited, before) {
                    (Some(other), _) => Some(Came::Stolen(other)).filter(|_| other != worker),
                    (None, Some(other)) => Some(Came::Moved(other)).filter(|_| other != worker),
                    (None, None) => None,
                }
            }
            _ => None,
        }
    }
}

/// What views call the runtime's thread number `worker`.
pub fn name(worker: u32) -> String {
    match worker {
        0 => "main thread".to_owned(),
        worker => format!("worker {worker}"),
    }
}
