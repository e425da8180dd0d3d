//! What a run was: which task had the thread when, what it waited for, who woke
//! it, what it printed; the same for tokio and for asyncio. Nothing here runs a
//! program or knows of an operating system.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`event`] | the model: a [`Recording`] is a [`Header`] and [`Event`]s |
//! | [`ids`] | the numbers of tasks, lines and resources |
//! | [`session`] | a run that is over: its events, and how it ended |
//! | [`check`] | what must hold of every recording on one thread |
//! | [`run`] | what each task is at, followed event by event |
//! | [`on`] | what a pending task waits for |
//! | [`awaits`] | the chain of awaits that it stands in |
//! | [`waits`] | what a task waits for, in words |
//! | [`thread`] | a thread that does something which no task does |
//! | [`names`] | what the tasks are called |
//! | [`words`] | times (`1.5 s`) and numbers in words, and texts cut to length |
//! | [`listing`] | the part of a program that the book shows |
//! | [`findings`] | what is wrong with a run |
//! | [`exercise`] | whether it is what an exercise asks for |
//! | [`tally`] | what happened, counted |
//! | [`kinds`] | the tasks by name, when they are many |
//! | [`queues`] | how tasks come from one worker to another |
//! | [`part`] | a part of a run, and what is said of all of it |

pub mod awaits;
pub mod check;
pub mod event;
pub mod exercise;
pub mod findings;
pub mod ids;
pub mod kinds;
pub mod listing;
pub mod names;
pub mod on;
pub mod part;
pub mod queues;
pub mod run;
pub mod session;
pub mod tally;
pub mod thread;
pub mod waits;
pub mod words;

pub use event::{Event, Header, Recording, What};
