//! What leaves wait for that the stand-in does not know: sockets, files, what
//! the futures crate has. Where such a leaf took the task's waker, the names
//! of the functions that it was in tell what for.

/// What a stranger waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stranger {
    /// In the reader's words.
    For(&'static str),
    /// It only hands the waker on to others, which say it themselves.
    Nothing,
    /// It may be anything: a future of the program's own.
    Unknown,
}

/// Parts of a function's name, all of which it must have, and what it waits
/// for. The first that fits any function of the stack holds, so the outer
/// functions, which know more, come first.
const KNOWN: &[(&[&str], Stranger)] = &[
    (&["tokio::time::"], Stranger::Nothing),
    // Those that were polled say it themselves, but the others wait as well.
    (&["FuturesUnordered"], Stranger::For("one of its futures")),
    (&["futures_unordered"], Stranger::For("one of its futures")),
    (&["tokio::net", "accept"], Stranger::For("a connection")),
    (&["tokio::net", "::connect"], Stranger::For("the connection")),
    (&["lookup_host"], Stranger::For("the address")),
    (&["tokio::net::addr"], Stranger::For("the address")),
    (&["tokio::net::udp", "send"], Stranger::For("room to write")),
    (&["tokio::net::udp"], Stranger::For("a packet")),
    (&["tokio::net", "poll_write"], Stranger::For("room to write")),
    (&["tokio::net", "writable"], Stranger::For("room to write")),
    (&["tokio::net", "poll_read"], Stranger::For("data")),
    (&["tokio::net", "readable"], Stranger::For("data")),
    (&["tokio::net", "peek"], Stranger::For("data")),
    (&["tokio::fs::"], Stranger::For("the file")),
    (&["tokio::io::stdin"], Stranger::For("input")),
    (&["tokio::io::stdio_common"], Stranger::For("the output to be written")),
    (&["tokio::io::stdout"], Stranger::For("the output to be written")),
    (&["tokio::io::stderr"], Stranger::For("the output to be written")),
    (&["tokio::io::util::mem", "poll_read"], Stranger::For("data")),
    (&["tokio::io::util::mem", "poll_write"], Stranger::For("room to write")),
    (&["ctrl_c"], Stranger::For("Ctrl-C")),
    (&["tokio::signal"], Stranger::For("a signal")),
    (&["tokio::process"], Stranger::For("the other process")),
    (&["futures_channel::mpsc", "poll_ready"], Stranger::For("room in the channel")),
    (&["futures_channel::mpsc", "Sender"], Stranger::For("room in the channel")),
    (&["futures_channel::mpsc"], Stranger::For("a message")),
    (&["futures_channel::oneshot", "Sender"], Stranger::For("the receiver to go")),
    (&["futures_channel::oneshot"], Stranger::For("the answer")),
    (&["futures_util::lock"], Stranger::For("the lock")),
];

/// What a leaf waits for that took the waker within `functions`, the innermost
/// first.
pub(super) fn wait(functions: &[String]) -> Stranger {
    let fits = |parts: &[&str]| {
        functions.iter().any(|function| parts.iter().all(|part| function.contains(part)))
    };
    let known = KNOWN.iter().find(|(parts, _)| fits(parts));
    known.map_or(Stranger::Unknown, |(_, stranger)| *stranger)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_function_tells_what_it_waits_for() {
        for (function, what) in [
            ("tokio::net::tcp::listener::TcpListener::accept::{{closure}}", "a connection"),
            (
                "<tokio::net::tcp::stream::TcpStream as \
                 tokio::io::async_read::AsyncRead>::poll_read",
                "data",
            ),
            ("tokio::fs::read_to_string::read_to_string::{{closure}}", "the file"),
        ] {
            let inner = "tokio::runtime::io::scheduled_io::ScheduledIo::poll_readiness".to_owned();
            assert_eq!(wait(&[inner, function.to_owned()]), Stranger::For(what));
        }
    }

    #[test]
    fn of_a_future_of_the_program_nothing_is_said() {
        assert_eq!(wait(&["v5::Countdown::poll".to_owned()]), Stranger::Unknown);
    }
}
