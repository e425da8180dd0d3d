//! What is served: the last build that succeeded, and the news for open pages.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow};
use recorder::scratch::{self, Folder};
use serde::Serialize;
use tempfile::TempDir;
use tokio::sync::watch;

use crate::build;

/// The book as it can be read now.
pub struct Site {
    // Holds every build; dropped last, it takes them along.
    folder: Folder,
    current: RwLock<Option<Arc<TempDir>>>,
    news: watch::Sender<News>,
}

/// What an open page is told, as JSON.
#[derive(Debug, Clone, Serialize)]
pub struct News {
    /// Which build is served. A page of another one loads itself again. It
    /// differs from one process to the next, so that a page that outlives the
    /// server follows the next.
    pub build: String,
    /// Why the sources as they are now do not build.
    pub error: Option<String>,
    /// Programs that changed since they were recorded.
    pub unrecorded: BTreeSet<String>,
}

impl Site {
    /// Nothing built yet.
    ///
    /// # Errors
    ///
    /// If there is no room for temporary files.
    pub fn new() -> Result<Self> {
        let folder = scratch::folder().context("no folder for the built pages")?;
        let news = News { build: stamp(), error: None, unrecorded: BTreeSet::new() };
        Ok(Self { folder, current: RwLock::new(None), news: watch::Sender::new(news) })
    }

    /// Builds the book at `root` and serves it from now on. Returns warnings.
    ///
    /// # Errors
    ///
    /// If it does not build; the pages stay as they were, and are told.
    pub fn build(&self, root: &Path) -> Result<Vec<String>, String> {
        let built = tempfile::tempdir_in(&self.folder).map_err(Into::into).and_then(|dir| {
            // A chapter must not end the server, whatever it does to mdBook.
            let warnings = catch_unwind(AssertUnwindSafe(|| build::render(root, dir.path())))
                .unwrap_or_else(|_| Err(anyhow!("mdBook panicked")))?;
            Ok((dir, warnings))
        });
        match built {
            Ok((dir, warnings)) => {
                *self.current.write().unwrap_or_else(|poison| poison.into_inner()) =
                    Some(Arc::new(dir));
                self.news.send_modify(|news| {
                    news.build = stamp();
                    news.error = None;
                });
                Ok(warnings)
            }
            Err(error) => {
                let error: anyhow::Error = error;
                let message = format!("{error:#}");
                self.news.send_modify(|news| news.error = Some(message.clone()));
                Err(message)
            }
        }
    }

    /// These programs are not what was recorded: open pages say so. Returns those
    /// of which they did not before.
    pub fn unrecorded(&self, names: BTreeSet<String>) -> BTreeSet<String> {
        let new = &names - &self.news.borrow().unrecorded;
        self.news.send_if_modified(|news| {
            let is_news = news.unrecorded != names;
            news.unrecorded = names;
            is_news
        });
        new
    }

    /// The news now, and whenever they change.
    pub fn news(&self) -> watch::Receiver<News> {
        self.news.subscribe()
    }

    /// The folder of the last good build. It stays until the guard is dropped.
    pub fn pages(&self) -> Option<Pages> {
        let dir = self.current.read().unwrap_or_else(|poison| poison.into_inner()).clone()?;
        Some(Pages(dir))
    }
}

/// A build that is being read from.
pub struct Pages(Arc<TempDir>);

impl Pages {
    /// Where its files are.
    pub fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }
}

/// Differs from every earlier one: nanoseconds since 1970.
fn stamp() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    now.as_nanos().to_string()
}
