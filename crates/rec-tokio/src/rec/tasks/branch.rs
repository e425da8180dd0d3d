//! The branches of `join!`, `select!` and their like: futures that share one
//! task, told apart.

use std::any::type_name;
use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};

use super::node::Node;
use super::on::{Group, On, Said, Wait};
use super::taken::Hands;
use super::waker::is_own;
use super::{current, keys, passed};
use crate::rec::records::raw::emit;
use crate::rec::records::say::{Block, Enter, Leave, Note};
use crate::rec::records::stack;

/// In one poll of a task so many polls of its branches are recorded: tokio's own
/// futures do not let it get as far.
const MOST_POLLS: u32 = 10_000;

/// The names of a macro's branches, handed out one by one.
#[derive(Debug)]
pub struct Branches<'a> {
    group: Group,
    texts: &'a [&'static str],
    next: AtomicUsize,
    /// How many have been asked whether they are wanted, and a bit for each that is not.
    asked: AtomicUsize,
    off: AtomicU64,
}

impl<'a> Branches<'a> {
    /// The branches that the program writes as `texts`; whether `all` of them
    /// are needed, or one.
    pub fn new(texts: &'a [&'static str], all: bool) -> Self {
        let (next, asked, off) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicU64::new(0));
        Branches { group: group(all), texts, next, asked, off }
    }

    /// Whether a `select!` wants the branch in this round: asked of each, in their
    /// order, before the first is made.
    pub fn wants(&self, is_wanted: bool) -> bool {
        let i = self.asked.fetch_add(1, Relaxed);
        if !is_wanted {
            self.off.fetch_or(1 << i.min(63), Relaxed);
        }
        is_wanted
    }

    /// Whether the branch that was handed out last is wanted.
    pub fn is_wanted(&self) -> bool {
        let i = self.next.load(Relaxed).saturating_sub(1);
        self.off.load(Relaxed) & (1 << i.min(63)) == 0
    }

    /// What they have in common.
    pub fn group(&self) -> Group {
        self.group
    }

    /// The next branch's name: where several are written alike, numbered.
    ///
    /// # Panics
    ///
    /// When there are no more branches.
    pub fn next(&self) -> Arc<str> {
        let i = self.next.fetch_add(1, Relaxed);
        let text = self.texts[i];
        let same = |texts: &[&str]| texts.iter().filter(|other| **other == text).count();
        match same(self.texts) {
            1 => text.into(),
            _ => format!("{text} #{}", same(&self.texts[..=i])).into(),
        }
    }
}

/// A new group of futures: whether `all` of them are needed, or one.
pub fn group(all: bool) -> Group {
    Group { number: keys::next(), all }
}

/// A branch before it is a future. To be written as a struct, so that a
/// reference to a temporary value lives as long as without it.
#[derive(Debug)]
pub struct Branch<F> {
    /// What the program writes; nothing for a future that says itself what it is.
    pub name: Arc<str>,
    /// Which it is one of.
    pub group: Group,
    /// Whether it is one of a `select!`, which wants it in this round.
    pub is_wanted: bool,
    /// What it awaits.
    pub future: F,
}

impl<F: IntoFuture> IntoFuture for Branch<F> {
    type Output = F::Output;
    type IntoFuture = BranchFuture<F::IntoFuture>;

    fn into_future(self) -> Self::IntoFuture {
        let mut polls = BranchPolls::new::<F::IntoFuture>(self.name, self.group);
        polls.is_seen = !self.is_wanted;
        BranchFuture { polls, future: Some(Box::pin(self.future.into_future())) }
    }
}

/// Says when a branch goes on, when it stops, and what it waits for then. The
/// future is somebody else's.
pub struct BranchPolls {
    name: Arc<str>,
    group: Group,
    key: u64,
    /// It waits: a branch that was never polled, or is done, has nothing to leave.
    is_pending: bool,
    /// It has been polled, or nothing follows if it is not.
    is_seen: bool,
    /// Its poll under way is recorded.
    is_told: bool,
    /// The future is only lent to the branch, and lives on without it.
    is_lent: bool,
    /// The task that it was last polled by.
    node: Weak<Node>,
    hands: Hands,
}

impl BranchPolls {
    /// Those of the branch `name` with a future `F`; without a name only its
    /// waits are said.
    pub fn new<F>(name: Arc<str>, group: Group) -> Self {
        let future = type_name::<F>();
        let is_lent = ["&mut ", "core::pin::Pin<&mut "].iter().any(|lent| future.starts_with(lent));
        let (key, hands) = (keys::next(), Hands::of(Arc::clone(&name)));
        BranchPolls {
            name,
            group,
            key,
            is_pending: false,
            is_seen: true,
            is_told: true,
            is_lent,
            node: Weak::new(),
            hands,
        }
    }

    /// Calls `poll`, which polls the branch's future with `cx`.
    pub fn poll<T>(
        &mut self,
        cx: &mut Context<'_>,
        poll: impl FnOnce(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<T> {
        self.is_seen = true;
        self.is_told = self.enters();
        // A panic drops the branch before this returns.
        self.is_pending = true;
        let before = current::said();
        let polled =
            |cx: &mut Context<'_>| current::branch(|| current::quietly(false, || poll(cx)));
        let name = Arc::clone(&self.name);
        let poll = passed::looks(&name, || self.hands.poll(|| polled(cx)));
        self.is_pending = poll.is_pending();
        if self.is_pending {
            self.waits(before, cx);
            self.leave("pending");
        } else {
            self.hands.hand_over();
            self.done();
            self.leave("ready");
        }
        self.is_told = true;
        poll
    }

    /// Says that it is polled, unless the task polls its branches over and over
    /// without giving the thread back: then only that is said.
    fn enters(&self) -> bool {
        let Some(task) = current::task().filter(|_| !self.name.is_empty()) else { return true };
        let polls = current::polls_branch();
        if polls > MOST_POLLS {
            if polls == MOST_POLLS + 1 {
                emit(Note { note: "branches" });
                emit(Block { k: Some(task), ns: 0_u32, s: stack::here(), thread: None::<&str> });
            }
            return false;
        }
        emit(Enter { k: task, branch: &*self.name });
        true
    }

    /// The branch waits, for what its leaves have said since `before`.
    fn waits(&mut self, before: u64, cx: &Context<'_>) {
        let Some(node) = current::with(|frame| Arc::clone(&frame.node)) else { return };
        let is_silent = current::said() == before;
        let mut said = current::take_since(before);
        // A stranger has taken a waker that is not the task's, so nothing was heard of it.
        if is_silent && !is_own(cx.waker()) {
            let wait = Wait { on: On::Futures {}, stack: stack::here() };
            said.push((self.key, Said::Leaf(wait)));
        }
        if self.node.as_ptr() != Arc::as_ptr(&node) {
            self.done();
        }
        node.branch_waits(self.key, self.group, said.clone());
        current::say(self.key, Said::Branch(self.group, said));
        self.node = Arc::downgrade(&node);
    }

    /// The branch is over; its future goes back to the program as it is.
    pub fn give_back(&mut self) {
        self.is_pending = false;
        self.hands.hand_over();
        self.done();
    }

    fn done(&self) {
        current::forget(self.key);
        if let Some(node) = self.node.upgrade() {
            node.branch_done(self.key);
        }
    }

    fn leave(&self, how: &str) {
        if !self.name.is_empty()
            && self.is_told
            && let Some(task) = current::task()
        {
            emit(Leave { k: task, branch: &*self.name, how });
        }
    }
}

impl Drop for BranchPolls {
    fn drop(&mut self) {
        if !self.is_seen && !self.name.is_empty() {
            passed::over(&self.name);
        }
        if self.is_lent {
            self.hands.hand_over();
        }
        if self.is_pending {
            self.done();
            if !self.is_lent {
                self.leave("drop");
            }
        }
    }
}

impl fmt::Debug for BranchPolls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BranchPolls({:?})", self.name)
    }
}

/// A branch.
#[derive(Debug)]
pub struct BranchFuture<F> {
    // Before the future: the branch is left, then its values are dropped.
    polls: BranchPolls,
    /// Gone as soon as it is finished.
    future: Option<Pin<Box<F>>>,
}

impl<F: Future> Future for BranchFuture<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let BranchFuture { polls, future: kept } = &mut *self;
        let Some(future) = kept else {
            panic!("`async fn` resumed after completion");
        };
        let poll = polls.poll(cx, |cx| future.as_mut().poll(cx));
        if poll.is_ready() {
            *kept = None;
        }
        poll
    }
}
