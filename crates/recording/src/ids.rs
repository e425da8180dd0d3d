//! The numbers by which a recording speaks of things.

/// A task's number, in the order of spawning: 0 is the root future, unless the
/// program has spawned a task before it blocks on that.
pub type TaskId = u32;

/// A line of the recorded file, from 1.
pub type Line = u32;

/// The number of a lock, a channel, …; a `resource` event says what is known of it.
pub type ResourceId = u32;
