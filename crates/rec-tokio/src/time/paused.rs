//! tokio's own clock for tests, which a program pauses.

use real::time::Duration;

use crate::rec::records::clock;
use crate::rec::tasks::on::On;
use crate::rec::tasks::wait::leaf;
use crate::runtime::flavor;

/// See [`real::time::pause`].
#[track_caller]
pub fn pause() {
    // Which it would be, but for the recording.
    assert!(
        !flavor::in_multi_thread(),
        "`time::pause()` requires the `current_thread` Tokio runtime. \
         This is the default Runtime used by `#[tokio::test]."
    );
    clock::pause();
    real::time::pause();
}

/// See [`real::time::resume`].
#[track_caller]
pub fn resume() {
    real::time::resume();
}

/// See [`real::time::advance`]: it gives the others a turn.
pub async fn advance(duration: Duration) {
    leaf(|| On::Turn {}, real::time::advance(duration)).await;
}
