//! Several jobs at a time.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Calls `job` for each of `items`, as many at a time as there are processors,
/// and gives the answers in the order of the items.
pub fn side_by_side<T: Sync, R: Send>(items: &[T], job: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    so_many_at_once(processors, items, job)
}

/// The same with so many `workers`: more than there are processors, for jobs that
/// sleep.
pub fn so_many_at_once<T: Sync, R: Send>(
    workers: usize,
    items: &[T],
    job: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::with_capacity(items.len()));
    thread::scope(|scope| {
        for _ in 0..workers.min(items.len()) {
            scope.spawn(|| {
                while let Some((i, item)) =
                    items.iter().enumerate().nth(next.fetch_add(1, Ordering::Relaxed))
                {
                    let answer = job(item);
                    answers.lock().expect("no job panics with the lock").push((i, answer));
                }
            });
        }
    });
    let mut answers = answers.into_inner().expect("no job panics with the lock");
    answers.sort_by_key(|(i, _)| *i);
    answers.into_iter().map(|(_, answer)| answer).collect()
}
