//! What the pages show is what the programs do: every example is recorded anew
//! and compared with its recordings and with the marked regions of the pages.

use book::record::Plan;
use book::runs::Recorders;
use pages::library::Book;

use crate::support::book::repository;

#[test]
fn recordings_and_pages_are_what_the_programs_do() {
    let plan = Plan::make(&Book::read(&repository()).unwrap(), &[], &Recorders::default())
        .expect("a book");
    for skipped in &plan.skipped {
        eprintln!("skipped: {skipped}");
    }
    assert!(plan.errors.is_empty(), "not all can be recorded:\n{}", plan.errors.join("\n"));
    let diffs: String = plan.changes.iter().map(|change| change.diff()).collect();
    assert!(plan.changes.is_empty(), "{diffs}\n{}", plan.mend());
    assert!(plan.recorded > 0, "no page shows any example");
}
