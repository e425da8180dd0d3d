//! `late_timers` with a worker for each core: `cargo run --release --example late_timers_workers`
include!(concat!(env!("OUT_DIR"), "/late_timers.rs"));
