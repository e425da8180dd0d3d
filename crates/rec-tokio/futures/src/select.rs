//! `select!` and `select_biased!`: the real ones, each branch wrapped.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use real::future::FusedFuture;
use tokio::__rec::{BranchPolls, Group};

/// A branch of a `select!`.
#[doc(hidden)]
pub struct SelectBranch<F> {
    // Before the future: the branch is left, then its values are dropped.
    polls: BranchPolls,
    future: Pin<Box<F>>,
}

impl<F> SelectBranch<F> {
    /// `future` as the branch of a `group` that the program writes as `name`.
    pub fn new(name: Arc<str>, group: Group, future: F) -> Self {
        SelectBranch { polls: BranchPolls::new::<F>(name, group), future: Box::pin(future) }
    }
}

impl<F: Future> Future for SelectBranch<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let SelectBranch { polls, future } = &mut *self;
        polls.poll(cx, |cx| future.as_mut().poll(cx))
    }
}

impl<F: FusedFuture> FusedFuture for SelectBranch<F> {
    fn is_terminated(&self) -> bool {
        self.future.is_terminated()
    }
}

/// See [`real::select`].
#[macro_export]
macro_rules! select {
    ($($t:tt)*) => { $crate::__select!(@arm select [] [] $($t)*) };
}

/// See [`real::select_biased`].
#[macro_export]
macro_rules! select_biased {
    ($($t:tt)*) => { $crate::__select!(@arm select_biased [] [] $($t)*) };
}

/// Reads the branches one by one, then hands them to the real macro.
#[doc(hidden)]
#[macro_export]
macro_rules! __select {
    // All are read.
    (@arm $select:ident [$([$p:pat] [$f:expr] [$name:expr] [$h:expr])*] [$($last:tt)*]) => {{
        let branches = $crate::__rec::Branches::new(&[$(::std::stringify!($name)),*], false);
        $crate::__rec::real::$select! {
            $($p = $crate::__rec::SelectBranch::new(
                branches.next(), branches.group(), $f
            ) => $h,)*
            $($last)*
        }
    }};
    // The head of a branch: a future that the program goes on to use is lent.
    (@arm $select:ident $b:tt $last:tt complete => $($r:tt)+) => {
        $crate::__select!(@last $select $b $last complete $($r)+)
    };
    (@arm $select:ident $b:tt $last:tt default => $($r:tt)+) => {
        $crate::__select!(@last $select $b $last default $($r)+)
    };
    (@arm $select:ident $b:tt $last:tt $p:pat = $f:ident => $($r:tt)+) => {
        $crate::__select!(@handler $select $b $last [[$p] [&mut $f] [$f]] $($r)+)
    };
    (@arm $select:ident $b:tt $last:tt $p:pat = $f:expr => $($r:tt)+) => {
        $crate::__select!(@handler $select $b $last [[$p] [$f] [$f]] $($r)+)
    };
    // What is to be done then: a block, or anything else and a comma.
    (@handler $select:ident [$($b:tt)*] $last:tt [$($head:tt)*] $h:block, $($r:tt)*) => {
        $crate::__select!(@arm $select [$($b)* $($head)* [$h]] $last $($r)*)
    };
    (@handler $select:ident [$($b:tt)*] $last:tt [$($head:tt)*] $h:block $($r:tt)*) => {
        $crate::__select!(@arm $select [$($b)* $($head)* [$h]] $last $($r)*)
    };
    (@handler $select:ident [$($b:tt)*] $last:tt [$($head:tt)*] $h:expr $(, $($r:tt)*)?) => {
        $crate::__select!(@arm $select [$($b)* $($head)* [$h]] $last $($($r)*)?)
    };
    (@last $select:ident $b:tt [$($last:tt)*] $word:ident $h:block, $($r:tt)*) => {
        $crate::__select!(@arm $select $b [$($last)* $word => $h,] $($r)*)
    };
    (@last $select:ident $b:tt [$($last:tt)*] $word:ident $h:block $($r:tt)*) => {
        $crate::__select!(@arm $select $b [$($last)* $word => $h,] $($r)*)
    };
    (@last $select:ident $b:tt [$($last:tt)*] $word:ident $h:expr $(, $($r:tt)*)?) => {
        $crate::__select!(@arm $select $b [$($last)* $word => $h,] $($($r)*)?)
    };
}
