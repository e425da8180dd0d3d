//! The builder of runtimes: recorded, all have one thread, or all have as many
//! workers as were asked for.

use std::time::Duration;

use real::runtime::Builder as Real;
#[cfg(all(tokio_unstable, not(before = "1.54")))]
use real::runtime::{HistogramConfiguration, HistogramScale, TaskMeta};
#[cfg(tokio_unstable)]
use real::runtime::{RngSeed, UnhandledPanic};

use crate::rec::records::raw::emit;
use crate::rec::records::say::Note;
use crate::rec::records::{clock, order, workers};

/// See [`real::runtime::Builder`].
pub struct Builder {
    pub(super) inner: Real,
    /// The program takes it for one with several threads, which it is not.
    pub(super) is_multi_thread: bool,
    /// It has several threads, for which the program does not ask.
    pub(super) is_widened: bool,
    /// As many blocking calls it runs at once, if the program says a number.
    pub(super) blocking: Option<usize>,
}

crate::stands_for::debug_as_inner!(Builder);

/// Methods that set something and give the builder back.
macro_rules! settings {
    ($($(#[$meta:meta])* fn $name:ident($($arg:ident: $type:ty),*);)*) => {
        impl Builder {
            $(
                $(#[$meta])*
                #[doc = concat!("See [`real::runtime::Builder::", stringify!($name), "`].")]
                pub fn $name(&mut self, $($arg: $type),*) -> &mut Self {
                    self.inner.$name($($arg),*);
                    self
                }
            )*
        }
    };
}

settings! {
    fn enable_all();
    // Up to 1.53 only where there is a driver for it.
    #[cfg(any(feature = "io-driver", not(before = "1.54")))]
    fn enable_io();
    fn enable_time();
    fn event_interval(ticks: u32);
    fn global_queue_interval(ticks: u32);
    #[cfg(any(feature = "io-driver", not(before = "1.54")))]
    fn max_io_events_per_tick(most: usize);
    #[cfg(not(before = "1.54"))]
    fn max_io_events_per_busy_tick(most: usize);
    #[cfg(not(before = "1.51"))]
    fn name(name: impl Into<String>);
    fn on_thread_park(f: impl Fn() + Send + Sync + 'static);
    fn on_thread_start(f: impl Fn() + Send + Sync + 'static);
    fn on_thread_stop(f: impl Fn() + Send + Sync + 'static);
    fn on_thread_unpark(f: impl Fn() + Send + Sync + 'static);
    fn thread_keep_alive(time: Duration);
    fn thread_name(name: impl Into<String>);
    fn thread_name_fn(f: impl Fn() -> String + Send + Sync + 'static);
    fn thread_stack_size(bytes: usize);
}

#[cfg(tokio_unstable)]
settings! {
    fn disable_lifo_slot();
    #[cfg(not(before = "1.54"))]
    fn enable_alt_timer();
    #[cfg(not(before = "1.54"))]
    fn enable_eager_driver_handoff();
    #[cfg(not(before = "1.54"))]
    fn enable_metrics_poll_time_histogram();
    #[cfg(not(before = "1.54"))]
    fn enable_sharded_blocking_queue();
    #[allow(deprecated, reason = "a program may still use it")]
    #[cfg(not(before = "1.54"))]
    fn metrics_poll_count_histogram_buckets(buckets: usize);
    #[allow(deprecated, reason = "a program may still use it")]
    #[cfg(not(before = "1.54"))]
    fn metrics_poll_count_histogram_resolution(resolution: Duration);
    #[allow(deprecated, reason = "a program may still use it")]
    #[cfg(not(before = "1.54"))]
    fn metrics_poll_count_histogram_scale(scale: HistogramScale);
    #[cfg(not(before = "1.54"))]
    fn metrics_poll_time_histogram_configuration(configuration: HistogramConfiguration);
    #[cfg(not(before = "1.54"))]
    fn on_after_task_poll(f: impl Fn(&TaskMeta<'_>) + Send + Sync + 'static);
    #[cfg(not(before = "1.54"))]
    fn on_before_task_poll(f: impl Fn(&TaskMeta<'_>) + Send + Sync + 'static);
    #[cfg(not(before = "1.54"))]
    fn on_task_spawn(f: impl Fn(&TaskMeta<'_>) + Send + Sync + 'static);
    #[cfg(not(before = "1.54"))]
    fn on_task_terminate(f: impl Fn(&TaskMeta<'_>) + Send + Sync + 'static);
    fn rng_seed(seed: RngSeed);
}

#[cfg(tokio_unstable)]
impl Builder {
    /// See [`real::runtime::Builder::unhandled_panic`].
    ///
    /// # Panics
    ///
    /// As tokio's, on what the program takes for several threads.
    pub fn unhandled_panic(&mut self, behavior: UnhandledPanic) -> &mut Self {
        if self.is_multi_thread && matches!(behavior, UnhandledPanic::ShutdownRuntime) {
            panic!("UnhandledPanic::ShutdownRuntime is only supported in current thread runtime");
        }
        // Workers that the program did not ask for go on.
        if !self.is_widened {
            self.inner.unhandled_panic(behavior);
        }
        self
    }
}

impl Builder {
    fn of(inner: Real) -> Self {
        Builder { inner, is_multi_thread: false, is_widened: false, blocking: None }
    }

    /// See [`real::runtime::Builder::max_blocking_threads`].
    #[track_caller]
    pub fn max_blocking_threads(&mut self, most: usize) -> &mut Self {
        self.inner.max_blocking_threads(most);
        self.blocking = Some(most);
        self
    }

    /// See [`real::runtime::Builder::new_current_thread`].
    pub fn new_current_thread() -> Self {
        match workers::asked().filter(|_| !workers::are_as_written()) {
            None if order::is_wide() => {
                emit(Note { note: "current_thread" });
                Builder { is_widened: true, ..Builder::of(Real::new_current_thread()) }
            }
            None => Builder::of(Real::new_current_thread()),
            Some(workers) => {
                emit(Note { note: "current_thread" });
                Builder { is_widened: true, ..Builder::of(several(workers)) }
            }
        }
    }

    /// See [`real::runtime::Builder::new_multi_thread`]; where it has one
    /// thread, the record says so.
    pub fn new_multi_thread() -> Self {
        if workers::is_one_thread() {
            emit(Note { note: "multi_thread" });
            return Builder { is_multi_thread: true, ..Builder::of(Real::new_current_thread()) };
        }
        Builder::of(workers::asked().map_or_else(Real::new_multi_thread, several))
    }

    /// See [`real::runtime::Builder::start_paused`]; the clock of several workers
    /// cannot be paused: such a runtime has one thread, also where workers were
    /// asked for when the program was started.
    pub fn start_paused(&mut self, paused: bool) -> &mut Self {
        if paused {
            if self.is_widened {
                // What was set for the workers is of no use.
                self.inner = Real::new_current_thread();
                self.inner.enable_all();
                self.is_widened = false;
            }
            clock::pause();
        }
        self.inner.start_paused(paused);
        self
    }

    /// See [`real::runtime::Builder::worker_threads`]; what was asked for when
    /// the program was started comes first.
    pub fn worker_threads(&mut self, threads: usize) -> &mut Self {
        let asked = workers::asked().filter(|_| !workers::are_as_written());
        self.inner.worker_threads(asked.unwrap_or(threads));
        self
    }
}

fn several(workers: usize) -> Real {
    let mut inner = Real::new_multi_thread();
    inner.worker_threads(workers);
    inner
}
