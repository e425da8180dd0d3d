//! tokio programs, recorded.

#[path = "support/patience.rs"]
mod patience;

#[path = "support/kinds.rs"]
mod kinds;

#[path = "support/outputs.rs"]
mod outputs;

#[path = "rust/support.rs"]
mod support;

#[path = "rust/api.rs"]
mod api;

#[path = "rust/awaits.rs"]
mod awaits;

#[path = "rust/bad.rs"]
mod bad;

#[path = "rust/busy.rs"]
mod busy;

#[path = "rust/clock.rs"]
mod clock;

#[path = "rust/compile.rs"]
mod compile;

#[path = "rust/examples.rs"]
mod examples;

#[path = "rust/io.rs"]
mod io;

#[path = "rust/faults.rs"]
mod faults;

#[path = "rust/floors.rs"]
mod floors;

#[path = "rust/interpreter.rs"]
mod interpreter;

#[path = "rust/model.rs"]
mod model;

#[path = "rust/orders.rs"]
mod orders;

#[path = "rust/outside.rs"]
mod outside;

#[path = "rust/random.rs"]
mod random;

#[path = "rust/random_findings.rs"]
mod random_findings;

#[path = "rust/runtimes.rs"]
mod runtimes;

#[path = "rust/search.rs"]
mod search;

#[path = "rust/second_thread.rs"]
mod second_thread;

#[path = "rust/stock.rs"]
mod stock;

#[path = "rust/tasks.rs"]
mod tasks;

#[path = "rust/waits.rs"]
mod waits;

#[path = "rust/workers.rs"]
mod workers;
