//! Where the system neither keeps what a program starts nor says whose a connection
//! is, as Linux does, pages run no programs: they are served
//! without a token, and then show no buttons for it.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use axum::Router;

/// As on Linux, with nothing in it.
pub struct Workshop;

impl Workshop {
    /// As on Linux.
    ///
    /// # Errors
    ///
    /// None here.
    pub fn new(_root: PathBuf, _tracer: PathBuf, _port: u16) -> Result<Self> {
        Ok(Self)
    }

    /// None: a page that has none offers nothing.
    pub fn token(&self) -> &str {
        ""
    }
}

/// No routes.
pub fn router(_: Arc<Workshop>) -> Router {
    Router::new()
}
