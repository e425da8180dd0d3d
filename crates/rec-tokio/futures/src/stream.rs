//! `futures::stream`, with the branches of a task told apart.

mod branched;
mod ext;
mod ordered;
mod unordered;

pub use branched::Branched;
pub use ext::StreamExt;
pub use ordered::FuturesOrdered;
pub use real::stream::*;
pub use unordered::FuturesUnordered;
