//! `tokio::time`, recorded.

mod sleep;

pub use real::time::*;
pub use sleep::{Sleep, sleep, sleep_until};
