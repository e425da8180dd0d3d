//! The branches of `join!`, `select!` and their like: futures that share one
//! task, told apart.

use std::cell::Cell;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::current;
use super::raw::{Quoted, emit};

/// The names of a macro's branches, handed out one by one.
#[derive(Debug)]
pub struct Branches<'a> {
    texts: &'a [&'static str],
    next: Cell<usize>,
}

impl<'a> Branches<'a> {
    /// The branches that the program writes as `texts`.
    pub fn new(texts: &'a [&'static str]) -> Self {
        Branches { texts, next: Cell::new(0) }
    }

    /// The next branch's name: where several are written alike, numbered.
    ///
    /// # Panics
    ///
    /// When there are no more branches.
    pub fn next(&self) -> Arc<str> {
        let i = self.next.replace(self.next.get() + 1);
        let text = self.texts[i];
        let same = |texts: &[&str]| texts.iter().filter(|other| **other == text).count();
        match same(self.texts) {
            1 => text.into(),
            _ => format!("{text} #{}", same(&self.texts[..=i])).into(),
        }
    }
}

/// A branch before it is a future. To be written as a struct, so that a
/// reference to a temporary value lives as long as without it.
#[derive(Debug)]
pub struct Branch<F> {
    /// What the program writes; nothing for a future that says itself what it is.
    pub name: Arc<str>,
    /// What it awaits.
    pub future: F,
}

impl<F: IntoFuture> IntoFuture for Branch<F> {
    type Output = F::Output;
    type IntoFuture = BranchFuture<F::IntoFuture>;

    fn into_future(self) -> Self::IntoFuture {
        BranchFuture {
            name: self.name,
            future: Some(Box::pin(self.future.into_future())),
            is_entered: false,
        }
    }
}

/// A branch.
#[derive(Debug)]
pub struct BranchFuture<F> {
    name: Arc<str>,
    /// Gone as soon as it is finished.
    future: Option<Pin<Box<F>>>,
    /// It has been polled: a branch that was not has nothing to leave.
    is_entered: bool,
}

impl<F> BranchFuture<F> {
    fn leave(&self, how: &str) {
        if !self.name.is_empty()
            && let Some(task) = current::task()
        {
            emit!("leave", ",\"k\":{task},\"branch\":{},\"how\":\"{how}\"", Quoted(&self.name));
        }
    }
}

impl<F: Future> Future for BranchFuture<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        if !self.name.is_empty()
            && let Some(task) = current::task()
        {
            emit!("enter", ",\"k\":{task},\"branch\":{}", Quoted(&self.name));
        }
        self.is_entered = true;
        let Some(future) = &mut self.future else {
            panic!("`async fn` resumed after completion");
        };
        let poll = future.as_mut().poll(cx);
        match poll {
            Poll::Pending => self.leave("pending"),
            Poll::Ready(_) => {
                self.leave("ready");
                self.future = None;
            }
        }
        poll
    }
}

impl<F> Drop for BranchFuture<F> {
    fn drop(&mut self) {
        if self.future.is_some() && self.is_entered {
            self.leave("drop");
        }
    }
}
