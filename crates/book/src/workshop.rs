//! Running and changing programs from a page of the book that this process
//! serves.
//!
//! A page asks with `POST /-/run` for the output of an example as it comes, and
//! with `POST /-/record` for a recording of a program that its reader has
//! changed. Since both run programs, only a page that this process served may
//! ask, see [`guard`], and what they run is limited and never outlives the
//! request, see [`job`]. No part of a request is ever used as a path, and all
//! that is written goes to temporary folders and to cargo's target folder.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`guard`] | who may ask |
//! | [`peer`] | whose process is at the other end of a connection |
//! | [`job`] | a program that runs within limits, and its output line by line |
//! | [`example`] | running an example |
//! | [`change`] | recording a changed program |

pub mod change;
pub mod example;
pub mod guard;
pub mod job;
pub mod peer;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use self::guard::Guard;

/// Bytes of a request; a listing has a few hundred.
const LARGEST_REQUEST: usize = 64 * 1024;

/// Programs that run, and compilers that work, at once.
const AT_ONCE: usize = 4;

/// What the routes need to know.
pub struct Workshop {
    /// The book's folder.
    root: PathBuf,
    /// The program whose `trace` command records: this one.
    tracer: PathBuf,
    guard: Guard,
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
        Ok(Self { root, tracer, guard: Guard::new(port)?, places })
    }

    /// What a page has to send along; to be put into pages and nowhere else.
    pub fn token(&self) -> &str {
        self.guard.token()
    }

    /// A place to run in, or the answer that there is none.
    fn place(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        self.places.clone().try_acquire_owned().map_err(|_| {
            let why = format!("{AT_ONCE} programs are running already: stop one, or wait");
            Refusal(StatusCode::TOO_MANY_REQUESTS, why)
        })
    }
}

/// The routes, for the router of the book's server.
pub fn router(workshop: Arc<Workshop>) -> Router {
    Router::new()
        .route("/-/run", post(example::run))
        .route("/-/record", post(change::record))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .layer(from_fn_with_state(workshop.clone(), guard::check))
        .with_state(workshop)
}

/// Why a request is not answered, for the page to show.
#[derive(Debug)]
struct Refusal(StatusCode, String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}
