//! tokio programs, recorded.

#[path = "rust/support.rs"]
mod support;

#[path = "rust/bad.rs"]
mod bad;

#[path = "rust/examples.rs"]
mod examples;

#[path = "rust/outside.rs"]
mod outside;

#[path = "rust/runtimes.rs"]
mod runtimes;

#[path = "rust/tasks.rs"]
mod tasks;

#[path = "rust/waits.rs"]
mod waits;
