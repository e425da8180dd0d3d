//! Time for what does not end by itself, on a machine of any speed.

use std::time::Duration;

/// The times that something is given, in seconds, one after the other. The last is
/// for a machine on which nothing else would end either.
const TIMES: [u64; 4] = [3, 12, 48, 192];

/// What `run` comes to within the first of the times that is enough. What never is
/// enough is given too, for the test to say what is missing.
pub fn given_time<T>(mut run: impl FnMut(Duration) -> T, is_enough: impl Fn(&T) -> bool) -> T {
    let (last, first) = TIMES.split_last().expect("there are some");
    for seconds in first {
        let came = run(Duration::from_secs(*seconds));
        if is_enough(&came) {
            return came;
        }
    }
    run(Duration::from_secs(*last))
}
