//! `cpu_work` with a worker for each core: `cargo run --release --example cpu_work_workers`
include!(concat!(env!("OUT_DIR"), "/cpu_work.rs"));
