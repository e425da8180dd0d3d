//! `tokio::sync`, recorded: each type is tokio's own, and says what it is
//! waited for.

pub mod broadcast;
pub mod mpsc;
pub mod oneshot;
pub mod watch;

mod cells;
mod guards;
mod mutex;
mod notify;
mod rwlock;
mod semaphore;
mod senders;
#[cfg(not(before = "1.47"))]
mod set_once;

/// The futures that have a name.
pub mod futures {
    pub use super::notify::{Notified, OwnedNotified};
}

pub use cells::{Barrier, OnceCell};
pub use mutex::{MappedMutexGuard, Mutex, MutexGuard, OwnedMappedMutexGuard, OwnedMutexGuard};
pub use notify::Notify;
pub use real::sync::*;
pub use rwlock::RwLock;
pub use rwlock::guards::{
    OwnedRwLockMappedWriteGuard, OwnedRwLockReadGuard, OwnedRwLockWriteGuard,
    RwLockMappedWriteGuard, RwLockReadGuard, RwLockWriteGuard,
};
pub use semaphore::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};
#[cfg(not(before = "1.47"))]
pub use set_once::SetOnce;
