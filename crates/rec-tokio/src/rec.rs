//! The recorder inside the recorded process.
//!
//! A program is a set of *tasks*. Every future that tokio is given as a task
//! is wrapped in a [`Recorded`], which says when it is polled and what comes
//! of it, and hands it a waker of its own, which says who woke it. What a task
//! waits for is said by the *leaves*, the futures of tokio that return
//! `Pending` of their own accord: see [`wait`].

pub(crate) mod branch;
pub(crate) mod clock;
pub(crate) mod compute;
pub(crate) mod current;
pub(crate) mod in_place;
pub(crate) mod libc_hooks;
pub(crate) mod output;
pub(crate) mod panic;
pub(crate) mod raw;
pub(crate) mod recorded;
pub(crate) mod stack;
pub(crate) mod start;
pub(crate) mod taken;
pub(crate) mod threads;
pub(crate) mod timer;
pub(crate) mod wait;
pub(crate) mod waker;
pub(crate) mod workers;

pub(crate) use recorded::Recorded;

/// A type of this crate that is tokio's, in the field `inner`, but for the
/// methods that it overrides.
macro_rules! stands_for {
    ($name:ident $(<$arg:ident $(: ?$sized:ident)?>)?, $real:ty) => {
        impl $(<$arg $(: ?$sized)?>)? ::std::ops::Deref for $name $(<$arg>)? {
            type Target = $real;

            fn deref(&self) -> &$real {
                &self.inner
            }
        }

        impl $(<$arg $(: ?$sized)?>)? ::std::ops::DerefMut for $name $(<$arg>)? {
            fn deref_mut(&mut self) -> &mut $real {
                &mut self.inner
            }
        }

        impl $(<$arg $(: ?$sized)?>)? ::std::fmt::Debug for $name $(<$arg>)?
        where
            $real: ::std::fmt::Debug,
        {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.inner, f)
            }
        }
    };
}
pub(crate) use stands_for;

/// `Debug` as tokio's own type, in the field `inner`, has it.
macro_rules! debug_as_inner {
    ($name:ident $(<$($arg:ident),+>)?) => {
        impl $(<$($arg),+>)? ::std::fmt::Debug for $name $(<$($arg),+>)?
        $(where $($arg: ::std::fmt::Debug),+)?
        {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.inner, f)
            }
        }
    };
}
pub(crate) use debug_as_inner;
