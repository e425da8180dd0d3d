// Runs programs that are data. This file is compiled twice: into the tests,
// with tokio itself, and as a program to record, with a `main` after it.

use std::sync::Arc;

use futures::future::{self, Either};
use futures::stream::{self, FuturesUnordered, StreamExt};
use tokio::sync::{Barrier, Mutex, Notify, RwLock, Semaphore, broadcast, mpsc, oneshot, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Duration, Instant, sleep, timeout};

/// What one task, or one branch of it, does.
pub type Body = Vec<Op>;

/// A step. Numbers name channels, locks, handles, modulo how many there are.
#[derive(Clone, Debug)]
pub enum Op {
    Print,
    Sleep(u64),
    Yield,
    Spawn(Body),
    /// Awaits a task of this one's.
    Await(usize),
    Abort(usize),
    Join(Body, Body),
    /// The first of the two that is done, the first looked at first.
    Select(Body, Body),
    Send(usize),
    Receive(usize),
    Lock(usize, Body),
    Acquire(usize, Body),
    Notify,
    Notified,
    Timeout(u64, Body),
    /// Several at the same time, in one of the [`WAYS`].
    Several(usize, Vec<Body>),
    /// The first of two, by the futures crate; then the other one, too.
    Race(Body, Body),
    /// What one does until it answers, and what another does with the answer.
    Answer(Body, Body),
    Announce,
    Hear,
    Change,
    Changed,
    Read(Body),
    Write(Body),
    Meet,
}

/// How many ways there are to do several things at the same time.
pub const WAYS: usize = 7;

/// What all tasks of a program share.
struct World {
    start: Instant,
    print: fn(String),
    channels: Vec<(mpsc::Sender<()>, Mutex<mpsc::Receiver<()>>)>,
    locks: Vec<Mutex<()>>,
    semaphore: Semaphore,
    notify: Notify,
    news: broadcast::Sender<()>,
    value: watch::Sender<u32>,
    watching: Mutex<()>,
    book: RwLock<()>,
    barrier: Barrier,
}

/// Runs `body` for at most 100 s; each line that it prints has its place and time.
pub async fn run(body: Body, print: fn(String)) {
    let channel = |room| {
        let (sender, receiver) = mpsc::channel(room);
        (sender, Mutex::new(receiver))
    };
    let world = Arc::new(World {
        start: Instant::now(),
        print,
        channels: vec![channel(1), channel(2)],
        locks: vec![Mutex::new(()), Mutex::new(())],
        semaphore: Semaphore::new(2),
        notify: Notify::new(),
        news: broadcast::channel(2).0,
        value: watch::channel(0).0,
        watching: Mutex::new(()),
        book: RwLock::new(()),
        barrier: Barrier::new(2),
    });
    let done = timeout(Duration::from_secs(100), steps(body, "main".to_owned(), world)).await;
    print(format!("done: {}", done.is_ok()));
}

type Steps = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

fn steps(body: Body, name: String, world: Arc<World>) -> Steps {
    Box::pin(async move {
        let mut handles: Vec<JoinHandle<()>> = Vec::new();
        for (i, op) in body.into_iter().enumerate() {
            let name = format!("{name}.{i}");
            let part = |body, way: &str| steps(body, format!("{name}{way}"), world.clone());
            let say = |text: &str| {
                let time = world.start.elapsed().as_millis();
                (world.print)(format!("{name} {text} at {time}"));
            };
            match op {
                Op::Print => say("prints"),
                Op::Sleep(ms) => sleep(Duration::from_millis(ms)).await,
                Op::Yield => tokio::task::yield_now().await,
                Op::Spawn(body) => handles.push(tokio::spawn(part(body, ""))),
                Op::Await(n) if !handles.is_empty() => {
                    let n = n % handles.len();
                    let result = handles.remove(n).await;
                    say(if result.is_ok() { "joined" } else { "joined a cancelled one" });
                }
                Op::Abort(n) if !handles.is_empty() => handles[n % handles.len()].abort(),
                Op::Await(_) | Op::Abort(_) => say("has no task"),
                Op::Join(a, b) => {
                    tokio::join!(part(a, "a"), part(b, "b"));
                    say("both");
                }
                Op::Select(a, b) => {
                    tokio::select! {
                        biased;
                        () = part(a, "a") => say("a first"),
                        () = part(b, "b") => say("b first"),
                    }
                }
                Op::Send(n) => {
                    let sent = world.channels[n % 2].0.send(()).await;
                    say(if sent.is_ok() { "sent" } else { "closed" });
                }
                Op::Receive(n) => {
                    let got = world.channels[n % 2].1.lock().await.recv().await;
                    say(if got.is_some() { "received" } else { "closed" });
                }
                Op::Lock(n, body) => {
                    let _guard = world.locks[n % 2].lock().await;
                    part(body, "l").await;
                }
                Op::Acquire(n, body) => {
                    let permits = u32::try_from(n % 2 + 1).unwrap();
                    let _permits = world.semaphore.acquire_many(permits).await.unwrap();
                    part(body, "p").await;
                }
                Op::Notify => world.notify.notify_one(),
                Op::Notified => {
                    world.notify.notified().await;
                    say("notified");
                }
                Op::Timeout(ms, body) => {
                    let in_time = timeout(Duration::from_millis(ms), part(body, "t")).await.is_ok();
                    say(if in_time { "in time" } else { "too late" });
                }
                Op::Several(way, bodies) => {
                    let parts = bodies.into_iter().zip(1..);
                    let parts = parts.map(|(body, n)| part(body, &format!("s{n}")));
                    let (name, world) = (name.clone(), world.clone());
                    let say = move |text: String| {
                        let time = world.start.elapsed().as_millis();
                        (world.print)(format!("{name} {text} at {time}"));
                    };
                    several(way, parts.collect(), Box::new(say)).await;
                }
                Op::Race(a, b) => match future::select(part(a, "a"), part(b, "b")).await {
                    Either::Left(((), b)) => {
                        say("a first");
                        b.await;
                    }
                    Either::Right(((), a)) => {
                        say("b first");
                        a.await;
                    }
                },
                Op::Answer(a, b) => {
                    let (sender, receiver) = oneshot::channel();
                    let answer = async {
                        part(a, "a").await;
                        sender.send(()).is_ok()
                    };
                    let wait = async {
                        let answer = receiver.await;
                        part(b, "b").await;
                        answer.is_ok()
                    };
                    let (sent, got) = futures::join!(answer, wait);
                    say(if sent && got { "answered" } else { "not answered" });
                }
                Op::Announce => {
                    let heard = world.news.send(()).unwrap_or(0);
                    say(&format!("announced to {heard}"));
                }
                Op::Hear => {
                    let heard = world.news.subscribe().recv().await.is_ok();
                    say(if heard { "heard" } else { "heard nothing" });
                }
                Op::Change => world.value.send_modify(|value| *value += 1),
                Op::Changed => {
                    // Of several that watch, tokio wakes one or the other first.
                    let _alone = world.watching.lock().await;
                    let mut value = world.value.subscribe();
                    let changed = value.changed().await.is_ok();
                    say(if changed { "changed" } else { "unchanged" });
                }
                Op::Read(body) => {
                    let _guard = world.book.read().await;
                    part(body, "r").await;
                }
                Op::Write(body) => {
                    let _guard = world.book.write().await;
                    part(body, "w").await;
                }
                Op::Meet => {
                    let is_leader = world.barrier.wait().await.is_leader();
                    say(if is_leader { "met, the last" } else { "met" });
                }
            }
        }
    })
}

type Numbered = std::pin::Pin<Box<dyn Future<Output = usize> + Send>>;

/// `parts`, each of which gives its number, from 1.
fn numbered(parts: Vec<Steps>) -> Vec<Numbered> {
    let number = |(part, n): (Steps, usize)| -> Numbered {
        Box::pin(async move {
            part.await;
            n
        })
    };
    parts.into_iter().zip(1..).map(number).collect()
}

/// Does `parts` at the same time and says what comes when.
async fn several(way: usize, parts: Vec<Steps>, say: Box<dyn Fn(String) + Send + Sync>) {
    match way % WAYS {
        0 => say(format!("all {:?}", future::join_all(numbered(parts)).await)),
        1 => {
            let mut done = stream::iter(numbered(parts)).buffer_unordered(2);
            while let Some(n) = done.next().await {
                say(format!("{n} comes"));
            }
        }
        2 => {
            let done = stream::iter(numbered(parts)).buffered(2);
            say(format!("in order {:?}", done.collect::<Vec<_>>().await));
        }
        3 => {
            let mut done: FuturesUnordered<_> = numbered(parts).into_iter().collect();
            while let Some(n) = done.next().await {
                say(format!("{n} is done"));
            }
        }
        4 => {
            let mut set: JoinSet<usize> = numbered(parts).into_iter().collect();
            while let Some(n) = set.join_next().await {
                say(format!("joined {n:?}"));
                if set.len() == 1 {
                    break;
                }
            }
        }
        5 => {
            let mut left = parts;
            while !left.is_empty() {
                let (_, at, rest) = future::select_all(left).await;
                say(format!("at {at}"));
                left = rest;
            }
        }
        _ => {
            stream::iter(parts).for_each_concurrent(3, |part| part).await;
            say("all over".to_owned());
        }
    }
}

/// A body as text, for [`read`].
pub fn write(body: &Body) -> String {
    let bodies = |n: &dyn std::fmt::Display, a: &Body| format!("{n}({})", write(a));
    let two = |name, a: &Body, b: &Body| format!("{name}({})({})", write(a), write(b));
    let words = body.iter().map(|op| match op {
        Op::Print => "p".to_owned(),
        Op::Sleep(ms) => format!("s{ms} "),
        Op::Yield => "y".to_owned(),
        Op::Spawn(a) => bodies(&"S", a),
        Op::Await(n) => format!("w{n} "),
        Op::Abort(n) => format!("a{n} "),
        Op::Join(a, b) => two("j", a, b),
        Op::Select(a, b) => two("x", a, b),
        Op::Send(n) => format!("f{n} "),
        Op::Receive(n) => format!("r{n} "),
        Op::Lock(n, a) => bodies(&format!("l{n} "), a),
        Op::Acquire(n, a) => bodies(&format!("q{n} "), a),
        Op::Notify => "n".to_owned(),
        Op::Notified => "N".to_owned(),
        Op::Timeout(ms, a) => bodies(&format!("t{ms} "), a),
        Op::Several(way, all) => {
            let all: String = all.iter().map(|body| format!("({})", write(body))).collect();
            format!("m{way} {all};")
        }
        Op::Race(a, b) => two("R", a, b),
        Op::Answer(a, b) => two("A", a, b),
        Op::Announce => "b".to_owned(),
        Op::Hear => "h".to_owned(),
        Op::Change => "c".to_owned(),
        Op::Changed => "C".to_owned(),
        Op::Read(a) => bodies(&"g", a),
        Op::Write(a) => bodies(&"W", a),
        Op::Meet => "M".to_owned(),
    });
    words.collect()
}

/// The inverse of [`write`].
pub fn read(text: &mut &str) -> Body {
    let mut body = Vec::new();
    while let Some(word) = take(text).filter(|word| *word != ')') {
        body.push(match word {
            'p' => Op::Print,
            's' => Op::Sleep(number(text)),
            'y' => Op::Yield,
            'S' => Op::Spawn(inner(text)),
            'w' => Op::Await(number(text) as usize),
            'a' => Op::Abort(number(text) as usize),
            'j' => Op::Join(inner(text), inner(text)),
            'x' => Op::Select(inner(text), inner(text)),
            'f' => Op::Send(number(text) as usize),
            'r' => Op::Receive(number(text) as usize),
            'l' => Op::Lock(number(text) as usize, inner(text)),
            'q' => Op::Acquire(number(text) as usize, inner(text)),
            'n' => Op::Notify,
            'N' => Op::Notified,
            't' => Op::Timeout(number(text), inner(text)),
            'm' => {
                let way = number(text) as usize;
                let mut all = Vec::new();
                while text.starts_with('(') {
                    all.push(inner(text));
                }
                assert_eq!(take(text), Some(';'));
                Op::Several(way, all)
            }
            'R' => Op::Race(inner(text), inner(text)),
            'A' => Op::Answer(inner(text), inner(text)),
            'b' => Op::Announce,
            'h' => Op::Hear,
            'c' => Op::Change,
            'C' => Op::Changed,
            'g' => Op::Read(inner(text)),
            'W' => Op::Write(inner(text)),
            'M' => Op::Meet,
            other => panic!("no step is called {other}"),
        });
    }
    body
}

fn take(text: &mut &str) -> Option<char> {
    let first = text.chars().next()?;
    *text = &text[first.len_utf8()..];
    Some(first)
}

fn inner(text: &mut &str) -> Body {
    assert_eq!(take(text), Some('('));
    read(text)
}

fn number(text: &mut &str) -> u64 {
    let (digits, rest) = text.split_once(' ').unwrap();
    *text = rest;
    digits.parse().unwrap()
}
