//! The programs that the pages show otherwise than they are.
//!
//! What is recorded of a program is the listing on its page. Saving a file, and
//! changing what is not shown of it, asks for nothing; putting the old text back
//! takes a change back, and so does recording the new one.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use pages::library::Book;
use pages::regions::{self, Mark, View};

/// The examples of the book at `root` that changed since they were recorded.
///
/// # Errors
///
/// When the pages cannot be read.
pub fn unrecorded(root: &Path) -> Result<BTreeSet<String>> {
    let book = Book::read(root)?;
    let mut names = BTreeSet::new();
    for page in &book.pages {
        for region in &page.regions {
            let shown = page.text[region.body.clone()].trim();
            if region.mark.view == View::Listing && is_other(&book, &region.mark, shown) {
                names.insert(region.mark.example.clone());
            }
        }
    }
    Ok(names)
}

/// Whether the program is another than the one `shown`. One that cannot be read
/// is: `record` says what is wrong with it.
fn is_other(book: &Book, mark: &Mark, shown: &str) -> bool {
    let program = book.example(&mark.example).and_then(|example| example.program(mark.language));
    let listing = program.map(|program| program.listing()).and_then(Result::ok);
    listing.is_none_or(|listing| regions::listing(mark.language, &listing).trim() != shown)
}
