//! `count_the_cost` with a worker for each core: `cargo run --release --example count_the_cost_workers`
include!(concat!(env!("OUT_DIR"), "/count_the_cost.rs"));
