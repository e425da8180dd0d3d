// Runs programs of the model. This file is compiled twice: into the tests, for
// its steps, and as a program to record, with a `main` after it.

/// A step of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Prints a letter.
    Print(char),
    /// Prints the shared number.
    Show,
    /// Remembers the shared number.
    Load,
    /// Makes it the one that was remembered, and one more.
    Store,
    Yield,
    /// So many seconds.
    Sleep(u64),
    /// Takes a lock until the end of the task, or until `Unlock`.
    Lock(usize),
    Unlock(usize),
    /// Sends to a task's channel.
    Send(usize),
    /// Takes a message from its own channel.
    Receive,
    /// Sends to a task's small channel, which has room for one message.
    Put(usize),
    /// Takes a message from its own small channel.
    Take,
}

/// The steps of each task; the first is main, which spawns the others, does its
/// steps, and awaits the others.
pub type Tasks = Vec<Vec<Step>>;

/// How many locks there are.
pub const LOCKS: usize = 2;

/// The inverse of `write`.
pub fn read(text: &str) -> Tasks {
    let number = |word: &str| word[1..].parse().unwrap();
    let step = |word: &str| match word.as_bytes()[0] {
        b'p' => Step::Print(word[1..].chars().next().unwrap()),
        b'v' => Step::Show,
        b'l' => Step::Load,
        b's' => Step::Store,
        b'y' => Step::Yield,
        b't' => Step::Sleep(number(word) as u64),
        b'L' => Step::Lock(number(word)),
        b'U' => Step::Unlock(number(word)),
        b'f' => Step::Send(number(word)),
        b'P' => Step::Put(number(word)),
        b'T' => Step::Take,
        _ => Step::Receive,
    };
    let task = |task: &str| task.split(',').filter(|word| !word.is_empty()).map(step).collect();
    text.split('/').map(task).collect()
}

#[allow(dead_code, reason = "the tests need the steps alone")]
mod machine {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
    use std::time::Duration;

    use tokio::sync::mpsc::{self, Receiver, Sender, UnboundedReceiver, UnboundedSender};
    use tokio::sync::{Mutex, MutexGuard};

    use super::{LOCKS, Step, Tasks};

    struct World {
        print: Box<dyn Fn(String) + Send + Sync>,
        number: AtomicU32,
        locks: Vec<Mutex<()>>,
        channels: Vec<UnboundedSender<()>>,
        small: Vec<Sender<()>>,
    }

    /// Runs a program.
    pub async fn run(tasks: Tasks, print: Box<dyn Fn(String) + Send + Sync>) {
        let (senders, receivers): (Vec<_>, Vec<_>) =
            tasks.iter().map(|_| mpsc::unbounded_channel()).unzip();
        let (small, takers): (Vec<_>, Vec<_>) = tasks.iter().map(|_| mpsc::channel(1)).unzip();
        let locks = (0..LOCKS).map(|_| Mutex::new(())).collect();
        let number = AtomicU32::new(0);
        let world = Arc::new(World { print, number, locks, channels: senders, small });
        let mut parts = tasks.into_iter().zip(receivers.into_iter().zip(takers));
        let main = parts.next().unwrap();
        let others: Vec<_> =
            parts.map(|(task, own)| tokio::spawn(steps(task, own, world.clone()))).collect();
        steps(main.0, main.1, world).await;
        for other in others {
            other.await.unwrap();
        }
    }

    async fn steps(
        task: Vec<Step>,
        (mut own, mut small): (UnboundedReceiver<()>, Receiver<()>),
        world: Arc<World>,
    ) {
        let mut loaded = 0;
        let mut held: Vec<Option<MutexGuard<'_, ()>>> = (0..LOCKS).map(|_| None).collect();
        for step in task {
            match step {
                Step::Print(letter) => (world.print)(letter.to_string()),
                Step::Show => {
                    let number = world.number.load(SeqCst);
                    (world.print)(number.to_string());
                }
                Step::Load => loaded = world.number.load(SeqCst),
                Step::Store => world.number.store(loaded + 1, SeqCst),
                Step::Yield => tokio::task::yield_now().await,
                Step::Sleep(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
                Step::Lock(n) => held[n] = Some(world.locks[n].lock().await),
                Step::Unlock(n) => held[n] = None,
                Step::Send(to) => drop(world.channels[to].send(())),
                Step::Receive => own.recv().await.unwrap(),
                // Of a task that is over nobody waits for room.
                Step::Put(to) => drop(world.small[to].send(()).await),
                Step::Take => small.recv().await.unwrap(),
            }
        }
    }
}
#[allow(unused_imports, reason = "the tests need the steps alone")]
pub use machine::run;
