//! The methods of streams.
//!
//! Those that run several futures at a time make branches of them, all others
//! are the real ones. They have to stand here too: with the real trait in sight
//! as well, no call would be unambiguous.

use std::pin::Pin;
use std::task::{Context, Poll};

use real::future::Either;
use real::sink::Sink;
use real::stream::*;

use super::branched::Branched;
use tokio::__rec::group;

use crate::name::branch;
use crate::quiet::{Loud, Quiet};

/// The trait, with the methods that take a stream and that are the real ones:
/// `fn name [types] (arguments) -> result where { bounds };`.
macro_rules! stream_ext {
    ({ $($own:tt)* } $(
        fn $name:ident $([$($type:ident),+])? ($($arg:ident: $of:ty),*) -> $to:ty
        $(where { $($bounds:tt)+ })?;
    )+) => {
        /// See [`real::stream::StreamExt`].
        pub trait StreamExt: Stream {
            $($own)*
            $(
                #[doc = concat!("See [`real::stream::StreamExt::", stringify!($name), "`].")]
                fn $name $(<$($type),+>)? (self $(, $arg: $of)*) -> $to
                where
                    Self: Sized,
                    $($($bounds)+)?
                {
                    real::stream::StreamExt::$name(self $(, $arg)*)
                }
            )+
        }
    };
}

impl<St: Stream + ?Sized> StreamExt for St {}

stream_ext! {
    {
        /// See [`real::stream::StreamExt::buffered`].
        fn buffered(self, n: usize) -> Quiet<Buffered<Branched<Self>>>
        where
            Self: Sized,
            Self::Item: Future,
        {
            let group = group(false);
            Quiet::of(real::stream::StreamExt::buffered(Branched::of(self, group), n), group)
        }

        /// See [`real::stream::StreamExt::buffer_unordered`].
        fn buffer_unordered(self, n: usize) -> Quiet<BufferUnordered<Branched<Self>>>
        where
            Self: Sized,
            Self::Item: Future,
        {
            let group = group(false);
            let branched = Branched::of(self, group);
            Quiet::of(real::stream::StreamExt::buffer_unordered(branched, n), group)
        }

        /// See [`real::stream::StreamExt::for_each_concurrent`].
        fn for_each_concurrent<Fut, F>(
            self,
            limit: impl Into<Option<usize>>,
            mut f: F,
        ) -> impl Future<Output = ()>
        where
            F: FnMut(Self::Item) -> Fut,
            Fut: Future<Output = ()>,
            Self: Sized,
        {
            let mut given = 0;
            let group = group(false);
            let each = move |item| {
                given += 1;
                branch(f(item), given, group)
            };
            let stream = Loud::of(self);
            Quiet::of(real::stream::StreamExt::for_each_concurrent(stream, limit, each), group)
        }

        /// See [`real::stream::StreamExt::next`].
        fn next(&mut self) -> Next<'_, Self>
        where
            Self: Unpin,
        {
            real::stream::StreamExt::next(self)
        }

        /// See [`real::stream::StreamExt::select_next_some`].
        fn select_next_some(&mut self) -> SelectNextSome<'_, Self>
        where
            Self: Unpin + FusedStream,
        {
            real::stream::StreamExt::select_next_some(self)
        }

        /// See [`real::stream::StreamExt::poll_next_unpin`].
        fn poll_next_unpin(&mut self, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>
        where
            Self: Unpin,
        {
            Pin::new(self).poll_next(cx)
        }

        /// See [`real::stream::StreamExt::by_ref`].
        fn by_ref(&mut self) -> &mut Self {
            self
        }

        /// See [`real::stream::StreamExt::boxed`].
        fn boxed<'a>(self) -> BoxStream<'a, Self::Item>
        where
            Self: Sized + Send + 'a,
        {
            Box::pin(self)
        }

        /// See [`real::stream::StreamExt::boxed_local`].
        fn boxed_local<'a>(self) -> LocalBoxStream<'a, Self::Item>
        where
            Self: Sized + 'a,
        {
            Box::pin(self)
        }
    }

    fn into_future() -> StreamFuture<Self> where { Self: Unpin };
    fn map[T, F](f: F) -> Map<Self, F> where { F: FnMut(Self::Item) -> T };
    fn enumerate() -> Enumerate<Self>;
    fn filter[Fut, F](f: F) -> Filter<Self, Fut, F>
        where { F: FnMut(&Self::Item) -> Fut, Fut: Future<Output = bool> };
    fn filter_map[Fut, T, F](f: F) -> FilterMap<Self, Fut, F>
        where { F: FnMut(Self::Item) -> Fut, Fut: Future<Output = Option<T>> };
    fn then[Fut, F](f: F) -> Then<Self, Fut, F>
        where { F: FnMut(Self::Item) -> Fut, Fut: Future };
    fn collect[C]() -> Collect<Self, C> where { C: Default + Extend<Self::Item> };
    fn unzip[A, B, FromA, FromB]() -> Unzip<Self, FromA, FromB> where {
        FromA: Default + Extend<A>,
        FromB: Default + Extend<B>,
        Self: Stream<Item = (A, B)>
    };
    fn concat() -> Concat<Self> where {
        Self::Item: Extend<<Self::Item as IntoIterator>::Item> + IntoIterator + Default
    };
    fn count() -> Count<Self>;
    fn cycle() -> Cycle<Self> where { Self: Clone };
    fn fold[T, Fut, F](init: T, f: F) -> Fold<Self, Fut, T, F>
        where { F: FnMut(T, Self::Item) -> Fut, Fut: Future<Output = T> };
    fn any[Fut, F](f: F) -> Any<Self, Fut, F>
        where { F: FnMut(Self::Item) -> Fut, Fut: Future<Output = bool> };
    fn all[Fut, F](f: F) -> All<Self, Fut, F>
        where { F: FnMut(Self::Item) -> Fut, Fut: Future<Output = bool> };
    fn flatten() -> Flatten<Self> where { Self::Item: Stream };
    fn flatten_unordered(limit: impl Into<Option<usize>>) -> FlattenUnordered<Self>
        where { Self::Item: Stream + Unpin };
    fn flat_map[U, F](f: F) -> FlatMap<Self, U, F>
        where { U: Stream, F: FnMut(Self::Item) -> U };
    fn flat_map_unordered[U, F](limit: impl Into<Option<usize>>, f: F)
        -> FlatMapUnordered<Self, U, F>
        where { U: Stream + Unpin, F: FnMut(Self::Item) -> U };
    fn scan[S, B, Fut, F](initial: S, f: F) -> Scan<Self, S, Fut, F>
        where { F: FnMut(&mut S, Self::Item) -> Fut, Fut: Future<Output = Option<B>> };
    fn skip_while[Fut, F](f: F) -> SkipWhile<Self, Fut, F>
        where { F: FnMut(&Self::Item) -> Fut, Fut: Future<Output = bool> };
    fn take_while[Fut, F](f: F) -> TakeWhile<Self, Fut, F>
        where { F: FnMut(&Self::Item) -> Fut, Fut: Future<Output = bool> };
    fn take_until[Fut](future: Fut) -> TakeUntil<Self, Fut> where { Fut: Future };
    fn for_each[Fut, F](f: F) -> ForEach<Self, Fut, F>
        where { F: FnMut(Self::Item) -> Fut, Fut: Future<Output = ()> };
    fn take(n: usize) -> Take<Self>;
    fn skip(n: usize) -> Skip<Self>;
    fn fuse() -> Fuse<Self>;
    fn catch_unwind() -> CatchUnwind<Self> where { Self: std::panic::UnwindSafe };
    fn zip[St](other: St) -> Zip<Self, St> where { St: Stream };
    fn chain[St](other: St) -> Chain<Self, St> where { St: Stream<Item = Self::Item> };
    fn peekable() -> Peekable<Self>;
    fn chunks(capacity: usize) -> Chunks<Self>;
    fn ready_chunks(capacity: usize) -> ReadyChunks<Self>;
    fn forward[S](sink: S) -> Forward<Self, S> where {
        S: Sink<<Self as TryStream>::Ok, Error = <Self as TryStream>::Error>,
        Self: TryStream
    };
    fn split[Item]() -> (SplitSink<Self, Item>, SplitStream<Self>) where { Self: Sink<Item> };
    fn inspect[F](f: F) -> Inspect<Self, F> where { F: FnMut(&Self::Item) };
    fn left_stream[B]() -> Either<Self, B> where { B: Stream<Item = Self::Item> };
    fn right_stream[B]() -> Either<B, Self> where { B: Stream<Item = Self::Item> };
}
