//! What leaves wait for that the stand-in does not know: sockets, files, what
//! the futures crate has. Where such a leaf took the task's waker, the names
//! of the functions that it was in tell what for.

use recording::on::{Close, Io, Mode, On, Room};

/// What a stranger waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stranger {
    /// For this.
    For(On),
    /// It only hands the waker on to others, which say it themselves.
    Nothing,
    /// It may be anything: a future of the program's own.
    Unknown,
}

/// Parts of a function's name, all of which it must have, and what it waits
/// for. The first that fits any function of the stack holds, so the outer
/// functions, which know more, come first.
const KNOWN: &[(&[&str], Stranger)] = &[
    // tokio makes those wait that have done much in this turn, whatever they ask.
    (&["coop::poll_proceed"], Stranger::For(On::Turn)),
    (&["poll_budget_available"], Stranger::For(On::Turn)),
    (&["tokio::time::"], Stranger::Nothing),
    // Those that were polled say it themselves, but the others wait as well.
    (&["FuturesUnordered"], Stranger::For(On::Futures)),
    (&["futures_unordered"], Stranger::For(On::Futures)),
    (&["tokio::net", "accept"], Stranger::For(io(Io::Connection))),
    (&["tokio::net", "::connect"], Stranger::For(io(Io::Connecting))),
    (&["lookup_host"], Stranger::For(io(Io::Address))),
    (&["tokio::net::addr"], Stranger::For(io(Io::Address))),
    (&["tokio::net::udp", "send"], Stranger::For(room(Room::Output))),
    (&["tokio::net::udp"], Stranger::For(io(Io::Packet))),
    (&["tokio::net", "poll_write"], Stranger::For(room(Room::Output))),
    (&["tokio::net", "writable"], Stranger::For(room(Room::Output))),
    (&["tokio::net", "poll_read"], Stranger::For(io(Io::Data))),
    (&["tokio::net", "readable"], Stranger::For(io(Io::Data))),
    (&["tokio::net", "peek"], Stranger::For(io(Io::Data))),
    (&["tokio::fs::"], Stranger::For(io(Io::File))),
    (&["tokio::io::stdin"], Stranger::For(io(Io::Input))),
    (&["tokio::io::stdio_common"], Stranger::For(io(Io::Output))),
    (&["tokio::io::stdout"], Stranger::For(io(Io::Output))),
    (&["tokio::io::stderr"], Stranger::For(io(Io::Output))),
    (&["tokio::io::util::mem", "poll_read"], Stranger::For(io(Io::Data))),
    (&["tokio::io::util::mem", "poll_write"], Stranger::For(room(Room::Output))),
    (&["ctrl_c"], Stranger::For(io(Io::CtrlC))),
    (&["tokio::signal"], Stranger::For(io(Io::Signal))),
    (&["tokio::process"], Stranger::For(io(Io::Process))),
    (&["futures_channel::mpsc", "poll_ready"], Stranger::For(room(Room::Channel))),
    (&["futures_channel::mpsc", "Sender"], Stranger::For(room(Room::Channel))),
    (&["futures_channel::mpsc"], Stranger::For(On::Message { resource: None })),
    (
        &["futures_channel::oneshot", "Sender"],
        Stranger::For(On::Close { of: Close::Receiver, resource: None }),
    ),
    (&["futures_channel::oneshot"], Stranger::For(On::Answer { resource: None })),
    (
        &["futures_util::lock"],
        Stranger::For(On::Lock { resource: None, mode: Mode::Only, held: Vec::new() }),
    ),
];

const fn io(what: Io) -> On {
    On::Io { what }
}

const fn room(of: Room) -> On {
    On::Room { of, resource: None }
}

/// What a leaf waits for that took the waker within `functions`, the innermost
/// first.
pub(super) fn wait(functions: &[String]) -> Stranger {
    let fits = |parts: &[&str]| {
        functions.iter().any(|function| parts.iter().all(|part| function.contains(part)))
    };
    let known = KNOWN.iter().find(|(parts, _)| fits(parts));
    known.map_or(Stranger::Unknown, |(_, stranger)| stranger.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_function_tells_what_it_waits_for() {
        for (function, what) in [
            ("tokio::net::tcp::listener::TcpListener::accept::{{closure}}", io(Io::Connection)),
            (
                "<tokio::net::tcp::stream::TcpStream as \
                 tokio::io::async_read::AsyncRead>::poll_read",
                io(Io::Data),
            ),
            ("tokio::fs::read_to_string::read_to_string::{{closure}}", io(Io::File)),
            ("tokio::macros::support::poll_budget_available", On::Turn),
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
