//! The programs that the pages show otherwise than they are.
//!
//! What is recorded of a program is the listing on its page. Saving a file, and
//! changing what is not shown of it, asks for nothing; putting the old text back
//! takes a change back, and so does recording the new one.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use pages::regions::{self, Mark, View};

use crate::chapters::Chapters;
use crate::examples;

/// The examples of the book at `root` that changed since they were recorded.
///
/// # Errors
///
/// When the pages cannot be read.
pub fn unrecorded(root: &Path) -> Result<BTreeSet<String>> {
    let chapters = Chapters::read(root)?;
    let mut names = BTreeSet::new();
    for page in &chapters.pages {
        for region in &page.regions {
            let shown = page.text[region.body.clone()].trim();
            if region.mark.view == View::Listing && is_other(root, &region.mark, shown) {
                names.insert(region.mark.example.clone());
            }
        }
    }
    Ok(names)
}

/// Whether the program is another than the one `shown`. One that cannot be read
/// is: `record` says what is wrong with it.
fn is_other(root: &Path, mark: &Mark, shown: &str) -> bool {
    let program = examples::program(root, &mark.example, mark.language);
    let listing = examples::listing(&program);
    !listing.is_ok_and(|listing| regions::listing(mark.language, &listing).trim() == shown)
}
