//! `tokio::sync`, recorded: each type is tokio's own, and says what it is
//! waited for.

pub mod broadcast;
pub mod mpsc;
pub mod oneshot;
pub mod watch;

mod cells;
mod locks;
mod notify;
mod semaphore;
mod transparent;

/// The futures that have a name.
pub mod futures {
    pub use super::notify::{Notified, OwnedNotified};
}

pub use cells::{Barrier, OnceCell, SetOnce};
pub use locks::{Mutex, RwLock};
pub use notify::Notify;
pub use real::sync::*;
pub use semaphore::Semaphore;
