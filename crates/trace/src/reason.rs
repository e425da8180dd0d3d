//! Why a program did not end well.

use recorder::program::Options;
use recording::event::Clock;
use recording::session::{Ended, Ending};
use recording::words::nanoseconds;

/// Why a program that was run so, and came to that clock, did not end well, if it
/// did not.
pub fn reason(ending: &Ending, run: &Options, clock: Clock) -> Option<Ended> {
    match ending {
        Ending::TimedOut if run.is_patient && clock == Clock::Virtual => {
            let limit = nanoseconds(run.timeout.as_nanos());
            Some(Ended::new(
                "it was stopped",
                Some(&format!("nothing new had happened for {limit}")),
            ))
        }
        _ => ending.ended(Some(run.timeout)),
    }
}
