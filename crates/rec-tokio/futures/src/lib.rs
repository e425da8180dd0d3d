//! A stand-in for the `futures` crate: everything is its own, re-exported,
//! except what runs several futures within one task. There each future is a
//! *branch* of the record, with a name.
//!
//! What a macro is given is called as the program writes it; what comes out of
//! a list is called after its `async fn`, numbered: `fetch #1`, `fetch #2`.
//! Handles of tasks are no branches: they say themselves what they wait for.
//!
//! The branches of `TryStreamExt::try_buffer_unordered` and its like are not
//! told apart: these are methods of a trait that is re-exported as a whole.

pub use real::*;

pub mod future;
pub mod prelude;
pub mod stream;

mod name;
mod quiet;
mod select;

pub use stream::StreamExt;

/// What the macros expand to; of no use otherwise.
#[doc(hidden)]
pub mod __rec {
    pub use crate::select::SelectBranch;
    pub use real;
    pub use tokio::__rec::{Branch, Branches};
}

/// See [`real::join`].
#[macro_export]
macro_rules! join {
    ($($e:expr),+ $(,)?) => { $crate::__branches!(join $($e),+) };
    ($($t:tt)*) => { $crate::__rec::real::join!($($t)*) };
}

/// See [`real::try_join`].
#[macro_export]
macro_rules! try_join {
    ($($e:expr),+ $(,)?) => { $crate::__branches!(try_join $($e),+) };
    ($($t:tt)*) => { $crate::__rec::real::try_join!($($t)*) };
}

/// What `join!` and `try_join!` share.
#[doc(hidden)]
#[macro_export]
macro_rules! __branches {
    ($join:ident $($e:expr),+) => {{
        let branches = $crate::__rec::Branches::new(&[$(::std::stringify!($e)),+], true);
        $crate::__rec::real::$join!($(::std::future::IntoFuture::into_future(
            $crate::__rec::Branch {
                name: branches.next(), group: branches.group(), is_wanted: false, future: $e
            }
        )),+)
    }};
}
