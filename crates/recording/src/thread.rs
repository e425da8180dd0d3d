//! A thread that does something which no task does.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Which thread it is, where it is neither the recorded one nor a worker.
///
/// ```
/// # use recording::thread::Thread;
/// let read = |json| serde_json::from_str::<Thread>(json).unwrap();
/// assert_eq!(read(r#"{"is":"main"}"#).words(), "main thread");
/// assert_eq!(read(r#"{"is":"nameless","n":2}"#).words(), "thread 2");
/// assert_eq!(read(r#""my thread""#), Thread::Named("my thread".to_owned()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum Thread {
    /// tokio: the process's first.
    Main,
    /// tokio: one of the pool for blocking calls, which all have one name.
    Blocking,
    /// tokio: one that has no name.
    Nameless {
        /// Which of those it is, from 1.
        n: u32,
    },
    /// One that the program, or Python, has named so.
    #[serde(untagged)]
    Named(String),
}

impl Thread {
    /// What it is called in a sentence.
    pub fn words(&self) -> Cow<'static, str> {
        match self {
            Thread::Main => "main thread".into(),
            Thread::Blocking => "blocking thread".into(),
            Thread::Nameless { n } => format!("thread {n}").into(),
            Thread::Named(name) => format!("thread {name}").into(),
        }
    }
}
