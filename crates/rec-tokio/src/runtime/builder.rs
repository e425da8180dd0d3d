//! The builder of runtimes, all of which have one thread.

use std::time::Duration;

use real::runtime::Builder as Real;

use super::{LocalOptions, LocalRuntime, Runtime};
use crate::rec::raw::emit;

/// See [`real::runtime::Builder`].
pub struct Builder {
    inner: Real,
    is_multi_thread: bool,
}

crate::rec::debug_as_inner!(Builder);

/// Methods that set something and give the builder back.
macro_rules! settings {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),*);)*) => {
        impl Builder {
            $(
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
    fn enable_io();
    fn enable_time();
    fn event_interval(ticks: u32);
    fn global_queue_interval(ticks: u32);
    fn max_blocking_threads(most: usize);
    fn max_io_events_per_tick(most: usize);
    fn max_io_events_per_busy_tick(most: usize);
    fn name(name: impl Into<String>);
    fn on_thread_park(f: impl Fn() + Send + Sync + 'static);
    fn on_thread_start(f: impl Fn() + Send + Sync + 'static);
    fn on_thread_stop(f: impl Fn() + Send + Sync + 'static);
    fn on_thread_unpark(f: impl Fn() + Send + Sync + 'static);
    fn thread_keep_alive(time: Duration);
    fn thread_name(name: impl Into<String>);
    fn thread_name_fn(f: impl Fn() -> String + Send + Sync + 'static);
    fn thread_stack_size(bytes: usize);
    fn worker_threads(threads: usize);
}

impl Builder {
    /// See [`real::runtime::Builder::new_current_thread`].
    pub fn new_current_thread() -> Self {
        Builder { inner: Real::new_current_thread(), is_multi_thread: false }
    }

    /// See [`real::runtime::Builder::new_multi_thread`]; it has one thread, and
    /// the record says so.
    pub fn new_multi_thread() -> Self {
        emit!("note", ",\"note\":\"multi_thread\"");
        Builder { inner: Real::new_current_thread(), is_multi_thread: true }
    }

    /// See [`real::runtime::Builder::build`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn build(&mut self) -> std::io::Result<Runtime> {
        Ok(Runtime::of(self.inner.build()?, self.is_multi_thread))
    }

    /// See [`real::runtime::Builder::build_local`].
    ///
    /// # Errors
    ///
    /// As tokio's.
    pub fn build_local(&mut self, options: LocalOptions) -> std::io::Result<LocalRuntime> {
        self.inner.build_local(options).map(LocalRuntime::of)
    }
}
