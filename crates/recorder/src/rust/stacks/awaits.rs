//! The chain of awaits that a stack goes through: which of its functions are the
//! polls of futures, by their names.

use addr2line::Frame;
use addr2line::gimli::Reader;

use super::Stacks;
use crate::rust::raw::StackId;
use recording::awaits::Await;
use recording::event::Line;

/// How the names of functions begin that only lead to what is awaited.
const INSIDE: [&str; 7] = [
    "core::",
    "std::",
    "alloc::",
    "rec_tokio::rec::",
    "rec_futures::quiet::",
    "tokio::future::",
    "tokio::macros::",
];

impl Stacks {
    /// The futures that were polled within each other, the outermost first. What
    /// the compiler has inlined is not among them.
    pub fn awaits(&self, id: StackId) -> Vec<Await> {
        let Some(stack) = self.stacks.get(&id) else { return Vec::new() };
        let mut last = String::new();
        let mut chain: Vec<Await> = Vec::new();
        for ip in &stack.ips {
            let Some((symbol, line, is_own)) = self.poll_at(ip.wrapping_sub(self.base)) else {
                continue;
            };
            let Some(name) = future(&symbol, is_own) else { continue };
            let is_within = symbol.strip_prefix(&last).is_some_and(|rest| rest.starts_with("::"));
            match chain.last_mut().filter(|_| is_within) {
                // What a `select!` makes of a function's body.
                Some(whole) if is_own => whole.line = line,
                Some(_) => {}
                None => chain.push(Await { name, line }),
            }
            last = symbol;
        }
        chain
    }

    /// The function whose code is at an address, if it may be a future's poll; where
    /// in it, and whether that is in the program's own files.
    fn poll_at(&self, address: u64) -> Option<(String, Option<Line>, bool)> {
        let symbol = self.loader.find_symbol(address)?;
        let symbol = addr2line::demangle_auto(symbol.into(), None).into_owned();
        let (mut line, mut is_own) = (None, false);
        if let Ok(mut frames) = self.loader.find_frames(address) {
            // The last is the function itself, those before were inlined in it.
            while let Ok(Some(frame)) = frames.next() {
                let own = self.own(&frame);
                is_own |= own.is_some();
                line = line.or(own).or_else(|| library(&frame));
                let name = frame.function.as_ref().and_then(|function| function.raw_name().ok());
                if name.is_some_and(|name| name.starts_with("{closure")) {
                    return None;
                }
            }
        }
        Some((symbol, line, is_own))
    }

    fn own<R: Reader>(&self, frame: &Frame<'_, R>) -> Option<Line> {
        let location = frame.location.as_ref()?;
        self.files.line(location.file?, location.line?)
    }
}

/// A line of a library: its name and version stand before the file.
fn library<R: Reader>(frame: &Frame<'_, R>) -> Option<Line> {
    let location = frame.location.as_ref()?;
    let (_, within) = location.file?.split_once("/registry/src/")?;
    let (_, name) = within.split_once('/')?;
    Some(Line::from(location.line?).within(name))
}

/// What a reader calls the future that a function polls, if it does: it is the body
/// of an async function or block, which the compiler calls a closure, or a `poll`
/// that somebody has written. The program's own need no crate's name.
fn future(symbol: &str, is_own: bool) -> Option<String> {
    let bare = symbol.trim_start_matches(['<', '&']);
    if INSIDE.iter().any(|inside| bare.starts_with(inside)) {
        return None;
    }
    let body = symbol.find("::{").map(|at| &symbol[..at]);
    let written = || symbol.strip_suffix(" as core::future::future::Future>::poll");
    let name = body.or_else(written)?;
    let name = match bare.split_once("::") {
        Some((own, _)) if is_own => name.replace(&format!("{own}::"), ""),
        _ => name.to_owned(),
    };
    let name = name.replace("rec_tokio::", "tokio::").replace("rec_futures::", "futures::");
    // `<Mine<F>` of `<Mine<F> as Future>::poll`, but `<A as B>::handle` is whole.
    let is_whole = name.contains(" as ");
    Some(if is_whole { name } else { name.trim_start_matches('<').to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_future_is_told_by_the_name_of_what_polls_it() {
        for (symbol, is_own, name) in [
            ("app::net::fetch::{{closure}}", true, Some("net::fetch")),
            ("app::fetch::{{closure}}::{{closure}}", true, Some("fetch")),
            ("<app::A as app::B>::run::{{closure}}", true, Some("<A as B>::run")),
            ("<app::Mine<F> as core::future::future::Future>::poll", true, Some("Mine<F>")),
            ("hyper::client::send::{{closure}}", false, Some("hyper::client::send")),
            (
                "<tower::Ready<T> as core::future::future::Future>::poll",
                false,
                Some("tower::Ready<T>"),
            ),
            (
                "rec_tokio::sync::barrier::Barrier::wait::{{closure}}",
                false,
                Some("tokio::sync::barrier::Barrier::wait"),
            ),
            ("<core::pin::Pin<P> as core::future::future::Future>::poll", false, None),
            (
                "<rec_tokio::rec::tasks::recorded::Recorded<F> as core::future::future::Future>::poll",
                false,
                None,
            ),
            ("std::thread::local::LocalKey<T>::with::{{closure}}", false, None),
            ("app::compute", true, None),
        ] {
            assert_eq!(future(symbol, is_own).as_deref(), name, "{symbol}");
        }
    }
}
