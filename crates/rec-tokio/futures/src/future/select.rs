//! The first of several futures. The others are given back as they are, so
//! they are not wrapped: only their polls are told.

use std::pin::Pin;
use std::task::{Context, Poll};

use real::future::Either;
use tokio::__rec::{BranchPolls, group};

use crate::name::name;

/// See [`real::future::Select`].
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Select<A, B> {
    polls: [BranchPolls; 2],
    /// Gone as soon as one is done.
    futures: Option<(A, B)>,
}

/// See [`real::future::select`].
pub fn select<A, B>(a: A, b: B) -> Select<A, B>
where
    A: Future + Unpin,
    B: Future + Unpin,
{
    let group = group(false);
    let polls_a = BranchPolls::new::<A>(name::<A>(1).into(), group);
    let polls_b = BranchPolls::new::<B>(name::<B>(2).into(), group);
    Select { polls: [polls_a, polls_b], futures: Some((a, b)) }
}

impl<A, B> Future for Select<A, B>
where
    A: Future + Unpin,
    B: Future + Unpin,
{
    type Output = Either<(A::Output, B), (B::Output, A)>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Select { polls: [polls_a, polls_b], futures } = &mut *self;
        let (mut a, mut b) = futures.take().expect("polled after it was ready");
        if let Poll::Ready(value) = polls_a.poll(cx, |cx| Pin::new(&mut a).poll(cx)) {
            polls_b.give_back();
            return Poll::Ready(Either::Left((value, b)));
        }
        if let Poll::Ready(value) = polls_b.poll(cx, |cx| Pin::new(&mut b).poll(cx)) {
            polls_a.give_back();
            return Poll::Ready(Either::Right((value, a)));
        }
        *futures = Some((a, b));
        Poll::Pending
    }
}

/// See [`real::future::SelectAll`].
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct SelectAll<F> {
    polls: Vec<BranchPolls>,
    futures: Vec<F>,
}

/// See [`real::future::select_all`].
///
/// # Panics
///
/// Without a future, as the real one does.
pub fn select_all<I>(futures: I) -> SelectAll<I::Item>
where
    I: IntoIterator,
    I::Item: Future + Unpin,
{
    let futures: Vec<_> = futures.into_iter().collect();
    assert!(!futures.is_empty());
    let names = (1..=futures.len()).map(name::<I::Item>);
    let group = group(false);
    let polls = names.map(|name| BranchPolls::new::<I::Item>(name.into(), group)).collect();
    SelectAll { polls, futures }
}

impl<F: Future + Unpin> Future for SelectAll<F> {
    type Output = (F::Output, usize, Vec<F>);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let SelectAll { polls, futures } = &mut *self;
        for i in 0..futures.len() {
            let future = Pin::new(&mut futures[i]);
            if let Poll::Ready(value) = polls[i].poll(cx, |cx| future.poll(cx)) {
                // As the real one: the last takes the place of the one that is done.
                futures.swap_remove(i);
                polls.iter_mut().for_each(BranchPolls::give_back);
                return Poll::Ready((value, i, std::mem::take(futures)));
            }
        }
        Poll::Pending
    }
}
