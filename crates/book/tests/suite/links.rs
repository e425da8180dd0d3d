//! The links of the book itself.

use crate::support::book::repository;

#[test]
fn every_link_inside_the_book_leads_somewhere() {
    let elsewhere = book::publish::links(&repository()).unwrap();
    assert!(elsewhere.len() > 20, "only {elsewhere:?}: were the links read at all?");
}
