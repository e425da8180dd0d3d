//! What a future from a list is called.

use std::any::type_name;

use tokio::__rec::{Branch, BranchFuture, Group};

/// `future` as the branch `number`, from 1, of a `group`.
pub(crate) fn branch<F: Future>(future: F, number: usize, group: Group) -> BranchFuture<F> {
    let name = name::<F>(number).into();
    Branch { name, group, is_wanted: false, future }.into_future()
}

/// What to call the branch `number`, from 1, whose future is an `F`.
pub(crate) fn name<F>(number: usize) -> String {
    match called(type_name::<F>()) {
        Some("JoinHandle") => String::new(),
        Some(name) => format!("{name} #{number}"),
        None => format!("#{number}"),
    }
}

/// `fetch`, out of `program::fetch::{{closure}}`; a block has no name.
fn called(name: &str) -> Option<&str> {
    let path = name.split('<').next().unwrap_or(name);
    let function = path.strip_suffix("::{{closure}}").unwrap_or(path);
    let last = function.rsplit("::").next()?;
    let is_name = last.chars().all(|c| c.is_alphanumeric() || c == '_');
    // A combinator is called after what it combines, which it does not say.
    let is_named = path != function || last == "JoinHandle";
    (is_name && is_named).then_some(last)
}
