//! `echo_server` with a worker for each core: `cargo run --release --example echo_server_workers`
include!(concat!(env!("OUT_DIR"), "/echo_server.rs"));
