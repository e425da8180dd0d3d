//! The book's pages and the recordings that they show.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`regions`] | the marked regions of a chapter, which show views |
//! | [`store`] | the files in which the book keeps its recordings |

pub mod regions;
pub mod store;
