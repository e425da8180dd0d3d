//! `tokio::time`, recorded.

mod interval;
mod paused;
mod sleep;
mod timeout;

pub use interval::{Interval, interval, interval_at};
pub use paused::{advance, pause, resume};
pub use real::time::*;
pub use sleep::{Sleep, sleep, sleep_until};
pub use timeout::{Timeout, timeout, timeout_at};
