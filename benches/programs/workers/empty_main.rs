//! `empty_main` with a worker for each core: `cargo run --release --example empty_main_workers`
include!(concat!(env!("OUT_DIR"), "/empty_main.rs"));
