//! asyncio scripts, recorded by every Python that is found.
//!
//! `CONTEXT_SWITCH_PYTHON` names the interpreter; without it one of each version is
//! taken, from pyenv's folder and from `PATH`.

#[path = "support/patience.rs"]
mod patience;

#[path = "python/alone.rs"]
mod alone;

#[path = "python/awaits.rs"]
mod awaits;

#[path = "python/cases.rs"]
mod cases;

#[path = "python/strangers.rs"]
mod strangers;

#[path = "python/timers.rs"]
mod timers;

#[path = "support/kinds.rs"]
mod kinds;

#[path = "support/outputs.rs"]
mod outputs;

#[path = "python/pools.rs"]
mod pools;

#[path = "python/pythons.rs"]
mod pythons;

#[path = "python/resources.rs"]
mod resources;

#[path = "python/support.rs"]
mod support;

#[path = "python/ends.rs"]
mod ends;

#[path = "python/examples.rs"]
mod examples;

#[path = "python/faults.rs"]
mod faults;

#[path = "python/features.rs"]
mod features;

#[path = "python/holding.rs"]
mod holding;

#[path = "python/outside.rs"]
mod outside;

#[path = "python/peers.rs"]
mod peers;

#[path = "python/random.rs"]
mod random;

#[path = "python/search.rs"]
mod search;
