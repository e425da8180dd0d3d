//! `many_sleepers` with a worker for each core: `cargo run --release --example many_sleepers_workers`
include!(concat!(env!("OUT_DIR"), "/many_sleepers.rs"));
