//! A moment, as the page is given it.

use recording::event::{By, Stream};
use serde::Serialize;
use serde_json::{Map, Value};

use super::say::Say;

/// A place where the player can stop.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Moment {
    pub(super) kind: &'static str,
    pub(super) t: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) task: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<By>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) us: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stream: Option<Stream>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) branch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) how: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) told: bool,
    pub(super) say: Say,
    /// What the page shows from now on, where it is another than before.
    #[serde(flatten)]
    pub(super) changes: Map<String, Value>,
}
