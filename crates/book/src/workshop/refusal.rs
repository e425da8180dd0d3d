//! The answer to a request that is not granted.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Why a request is not answered, for the page to show.
#[derive(Debug)]
pub(super) struct Refusal(pub StatusCode, pub String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}
