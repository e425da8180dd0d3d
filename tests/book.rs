//! Every Rust block of the chapters and of the README, compiled and run.
include!(concat!(env!("OUT_DIR"), "/skeptic-tests.rs"));
