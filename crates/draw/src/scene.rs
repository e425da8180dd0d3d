//! A recording, and how it is to be looked at.

use recording::event::{Event, Line, Recording, What};
use recording::listing::{Listing, is_async};
use recording::part::Around;

/// A recording, and how it is to be looked at.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// What happened.
    pub recording: &'a Recording,
    /// The listing whose line numbers are shown; without one, the file's.
    pub listing: Option<&'a Listing>,
    /// Why the recording ends before its program did, if it does.
    pub cut: Option<&'a str>,
    /// What there is to know of the run besides, if this is only a part of it.
    pub around: Option<&'a Around>,
    /// A diagram or table that is longer is shortened to so many lines.
    pub most: usize,
}

/// A page of the book can be scrolled, but mermaid takes 50,000 characters.
const MOST: usize = 400;

impl<'a> Scene<'a> {
    /// All of `recording`, with the line numbers of its file.
    pub fn new(recording: &'a Recording) -> Self {
        Scene { recording, listing: None, cut: None, around: None, most: MOST }
    }

    /// Whether the listing is a program without async: nothing polls it, and
    /// what the recording calls its task is the whole program.
    pub(crate) fn is_plain(&self) -> bool {
        let polls = |event: &&Event| matches!(event.what, What::Poll { .. });
        self.listing.is_some_and(|listing| !is_async(&listing.text))
            && self.recording.events.iter().filter(polls).take(2).count() < 2
    }

    /// How views count a `line` of the file; none where they do not show it.
    pub(crate) fn line(&self, line: Option<Line>) -> Option<Line> {
        match self.listing {
            Some(listing) => listing.line(line?),
            None => line,
        }
    }
}
