//! mdBook's log, collected: several of its errors are logged and no more.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber, span};

/// What was logged at the two levels that matter, in order.
#[derive(Debug, Default, Clone)]
pub struct Log {
    /// Messages at level ERROR.
    pub errors: Vec<String>,
    /// Messages at level WARN.
    pub warnings: Vec<String>,
}

/// Runs `work` and returns its result with what it logged on this thread.
pub fn collect<T>(work: impl FnOnce() -> T) -> (T, Log) {
    let log = Arc::new(Mutex::new(Log::default()));
    let result = tracing::subscriber::with_default(Collector(log.clone()), work);
    let log = log.lock().map(|log| log.clone()).unwrap_or_default();
    (result, log)
}

struct Collector(Arc<Mutex<Log>>);

impl Subscriber for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN
    }

    fn event(&self, event: &Event<'_>) {
        let mut message = Message::default();
        event.record(&mut message);
        if let Ok(mut log) = self.0.lock() {
            match *event.metadata().level() {
                Level::ERROR => log.errors.push(message.0),
                _ => log.warnings.push(message.0),
            }
        }
    }

    // Spans say nothing here.
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[derive(Default)]
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            // Writing to a String cannot fail.
            let _ = write!(self.0, "{value:?}");
        }
    }
}
