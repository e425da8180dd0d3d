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
//! | `shop` | what the routes need to know |
//! | [`guard`] | who may ask |
//! | `refusal` | why a request is not answered |
//! | [`peer`] | whose process is at the other end of a connection |
//! | [`job`] | a program that runs within limits, and its output line by line |
//! | [`example`] | running an example |
//! | [`change`] | recording a changed program |

pub mod change;
pub mod example;
pub mod guard;
pub mod job;
pub mod peer;

mod refusal;
mod shop;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::post;

pub use self::shop::Workshop;

/// Bytes of a request; a listing has a few hundred.
const LARGEST_REQUEST: usize = 64 * 1024;

/// The routes, for the router of the book's server.
pub fn router(workshop: Arc<Workshop>) -> Router {
    Router::new()
        .route("/-/run", post(example::run))
        .route("/-/record", post(change::record))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .layer(from_fn_with_state(workshop.guard.clone(), guard::check))
        .with_state(workshop)
}
