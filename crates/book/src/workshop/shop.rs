//! What the routes need to know, and how many programs may run.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use axum::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::guard::Guard;
use super::refusal::Refusal;

/// Programs that run, and compilers that work, at once.
const AT_ONCE: usize = 4;

/// What the routes need to know.
pub struct Workshop {
    /// The book's folder.
    pub(super) root: PathBuf,
    /// The program whose `trace` command records: this one.
    pub(super) tracer: PathBuf,
    pub(super) guard: Arc<Guard>,
    places: Arc<Semaphore>,
}

impl Workshop {
    /// For the book at `root`, served at `port` of this machine; `tracer` is the
    /// file of this very program.
    ///
    /// # Errors
    ///
    /// If the system has no random bytes for the token.
    pub fn new(root: PathBuf, tracer: PathBuf, port: u16) -> Result<Self> {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        Ok(Self { root, tracer, guard: Arc::new(Guard::new(port)?), places })
    }

    /// What a page has to send along; to be put into pages and nowhere else.
    pub fn token(&self) -> &str {
        self.guard.token()
    }

    /// A place to run in, or the answer that there is none.
    pub(super) fn place(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        self.places.clone().try_acquire_owned().map_err(|_| {
            let why = format!("{AT_ONCE} programs are running already: stop one, or wait");
            Refusal(StatusCode::TOO_MANY_REQUESTS, why)
        })
    }
}
