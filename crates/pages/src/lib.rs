//! The book's pages and the recordings that they show.
//!
//! # Layout
//!
//! | module | is |
//! |---|---|
//! | [`place`] | where the book is |
//! | [`exercises`] | the exercises, and how a chapter shows them |
//! | [`library`] | a book, read once: pages, examples, recordings |
//! | [`fences`] | the fences of a page |
//! | [`regions`] | the marked regions of a chapter, which show views |
//! | [`store`] | the files in which the book keeps its recordings |

pub mod exercises;
pub mod fences;
pub mod library;
pub mod place;
pub mod regions;
pub mod store;
