//! tokio programs, recorded.

#[path = "rust/support.rs"]
mod support;

#[path = "rust/examples.rs"]
mod examples;
