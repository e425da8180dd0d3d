//! `join!`, `try_join!` and `select!`: tokio's own, each branch wrapped.

/// What the macros expand to; of no use otherwise.
#[doc(hidden)]
pub mod __rec {
    pub use crate::rec::tasks::branch::{Branch, BranchFuture, BranchPolls, Branches, group};
    pub use crate::rec::tasks::on::Group;
    pub use real;

    use std::task::Poll;

    use crate::rec::records::{order, switch};

    /// Calls `poll`, which polls something whose parts say themselves what they
    /// wait for, or (if not `is_quiet`) such a part.
    pub fn quietly<T>(is_quiet: bool, poll: impl FnOnce() -> T) -> T {
        crate::rec::tasks::current::quietly(is_quiet, poll)
    }

    /// The branch of so many that a `select!` looks at first: one that tokio has
    /// `drawn`, of which only those know that have its macros.
    pub fn first_branch(branches: u32, drawn: impl FnOnce(u32) -> u32) -> u32 {
        match switch::is_ordered() {
            true => order::any(branches as usize) as u32,
            false => drawn(branches),
        }
    }

    /// Calls `poll`, which polls the futures of a `group`.
    pub fn polls<T>(group: Group, poll: impl FnOnce() -> Poll<T>) -> Poll<T> {
        crate::rec::tasks::current::group(group, poll)
    }
}

/// See [`real::join`].
#[macro_export]
macro_rules! join {
    (biased; $($e:expr),+ $(,)?) => { $crate::__branches!(join [biased;] $($e),+) };
    ($($e:expr),+ $(,)?) => { $crate::__branches!(join [] $($e),+) };
    ($($t:tt)*) => { $crate::__rec::real::join!($($t)*) };
}

/// See [`real::try_join`].
#[macro_export]
macro_rules! try_join {
    (biased; $($e:expr),+ $(,)?) => { $crate::__branches!(try_join [biased;] $($e),+) };
    ($($e:expr),+ $(,)?) => { $crate::__branches!(try_join [] $($e),+) };
    ($($t:tt)*) => { $crate::__rec::real::try_join!($($t)*) };
}

/// What `join!` and `try_join!` share.
#[doc(hidden)]
#[macro_export]
macro_rules! __branches {
    ($join:ident [$($biased:tt)*] $($e:expr),+) => {{
        let branches = $crate::__rec::Branches::new(&[$(::std::stringify!($e)),+], true);
        $crate::__rec::real::$join!(
            $($biased)*
            $(::std::future::IntoFuture::into_future($crate::__rec::Branch {
                name: branches.next(), group: branches.group(), is_wanted: false, future: $e
            })),+
        )
    }};
}

/// See [`real::select`].
#[macro_export]
macro_rules! select {
    // All branches are read: hand them to tokio's own, whose macro has the branch
    // that is looked at first as its `start`.
    (@end [$($head:tt)*] [$($last:tt)*] $(($p:pat) ($f:expr) ($c:expr) ($h:expr))+) => {{
        let branches = $crate::__rec::Branches::new(&[$(::std::stringify!($f)),+], false);
        $crate::__rec::real::select! {
            $($head)*
            $($p = ::std::future::IntoFuture::into_future($crate::__rec::Branch {
                name: branches.next(), group: branches.group(),
                is_wanted: branches.is_wanted(), future: $f
            }), if branches.wants($c) => { $h })+
            $($last)*
        }
    }};
    // Read one branch: as tokio's own macro does, in the same order.
    (@ $head:tt [$($b:tt)*]) => { $crate::select!(@end $head [] $($b)*) };
    (@ $head:tt [$($b:tt)*] else => $last:expr $(,)?) => {
        $crate::select!(@end $head [else => $last] $($b)*)
    };
    (@ $head:tt [$($b:tt)*] $p:pat = $f:expr, if $c:expr => $h:block, $($r:tt)*) => {
        $crate::select!(@ $head [$($b)* ($p) ($f) ($c) ($h)] $($r)*)
    };
    (@ $head:tt [$($b:tt)*] $p:pat = $f:expr => $h:block, $($r:tt)*) => {
        $crate::select!(@ $head [$($b)* ($p) ($f) (true) ($h)] $($r)*)
    };
    (@ $head:tt [$($b:tt)*] $p:pat = $f:expr, if $c:expr => $h:block $($r:tt)*) => {
        $crate::select!(@ $head [$($b)* ($p) ($f) ($c) ($h)] $($r)*)
    };
    (@ $head:tt [$($b:tt)*] $p:pat = $f:expr => $h:block $($r:tt)*) => {
        $crate::select!(@ $head [$($b)* ($p) ($f) (true) ($h)] $($r)*)
    };
    (@ $head:tt [$($b:tt)*] $p:pat = $f:expr, if $c:expr => $h:expr) => {
        $crate::select!(@ $head [$($b)* ($p) ($f) ($c) ($h)])
    };
    (@ $head:tt [$($b:tt)*] $p:pat = $f:expr => $h:expr) => {
        $crate::select!(@ $head [$($b)* ($p) ($f) (true) ($h)])
    };
    (@ $head:tt [$($b:tt)*] $p:pat = $f:expr, if $c:expr => $h:expr, $($r:tt)*) => {
        $crate::select!(@ $head [$($b)* ($p) ($f) ($c) ($h)] $($r)*)
    };
    (@ $head:tt [$($b:tt)*] $p:pat = $f:expr => $h:expr, $($r:tt)*) => {
        $crate::select!(@ $head [$($b)* ($p) ($f) (true) ($h)] $($r)*)
    };
    // Begin.
    (biased; else => $last:expr $(,)?) => { $last };
    (biased; $($t:tt)+) => { $crate::select!(@ [@{ start=0; () }] [] $($t)+) };
    (else => $last:expr $(,)?) => { $last };
    ($($t:tt)+) => {
        $crate::select!(@ [@{ start={ $crate::__rec::first_branch(BRANCHES, $crate::__rec::real::macros::support::thread_rng_n) }; () }] [] $($t)+)
    };
    () => { $crate::__rec::real::select!() };
}
