//! How a trace can be shown.

/// How a trace is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A sequence diagram
    Mermaid,
    /// A table for the terminal
    Text,
    /// The recording itself, one JSON object a line
    Jsonl,
    /// The Trace Event Format, for ui.perfetto.dev
    Chrome,
    /// What is wrong, as JUnit's XML
    Junit,
    /// What is wrong, as annotations of a GitHub workflow
    Github,
    /// For a page of the book: see [`draw::player`]
    #[value(hide = true)]
    Player,
}
