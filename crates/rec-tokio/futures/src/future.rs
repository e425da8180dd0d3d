//! `futures::future`, with the branches of a task told apart.

mod select;

pub use real::future::*;
pub use select::{Select, SelectAll, select, select_all};

use tokio::__rec::{BranchFuture, group};

use crate::name::branch;
use crate::quiet::Quiet;

/// See [`real::future::join_all`].
pub fn join_all<I>(futures: I) -> Quiet<JoinAll<BranchFuture<I::Item>>>
where
    I: IntoIterator,
    I::Item: Future,
{
    let group = group(true);
    let branches = futures.into_iter().zip(1..).map(|(future, n)| branch(future, n, group));
    Quiet::of(real::future::join_all(branches), group)
}

/// See [`real::future::try_join_all`].
pub fn try_join_all<I, T, E>(futures: I) -> Quiet<TryJoinAll<BranchFuture<I::Item>>>
where
    I: IntoIterator,
    I::Item: Future<Output = Result<T, E>>,
{
    let group = group(true);
    let branches = futures.into_iter().zip(1..).map(|(future, n)| branch(future, n, group));
    Quiet::of(real::future::try_join_all(branches), group)
}

/// See [`real::future::join`].
pub fn join<A, B>(a: A, b: B) -> Join<BranchFuture<A>, BranchFuture<B>>
where
    A: Future,
    B: Future,
{
    let group = group(true);
    real::future::join(branch(a, 1, group), branch(b, 2, group))
}

/// See [`real::future::join3`].
pub fn join3<A, B, C>(a: A, b: B, c: C) -> Join3<BranchFuture<A>, BranchFuture<B>, BranchFuture<C>>
where
    A: Future,
    B: Future,
    C: Future,
{
    let group = group(true);
    real::future::join3(branch(a, 1, group), branch(b, 2, group), branch(c, 3, group))
}

/// See [`real::future::try_join`].
pub fn try_join<A, B, T, U, E>(a: A, b: B) -> TryJoin<BranchFuture<A>, BranchFuture<B>>
where
    A: Future<Output = Result<T, E>>,
    B: Future<Output = Result<U, E>>,
{
    let group = group(true);
    real::future::try_join(branch(a, 1, group), branch(b, 2, group))
}
