//! A task waits for a socket and another for a timer, on an executor of its own.
//! Watch what wakes whom: `cargo run --example own_executor_with_a_socket`
use timed::println;

// ANCHOR: listing
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    tokio::spawn(send(socket.local_addr().unwrap()));
    let mut word = [0; 4];
    socket.recv(&mut word).await.unwrap();
    println!("got {}", String::from_utf8_lossy(&word));
}

async fn send(to: SocketAddr) {
    sleep(Duration::from_secs(1)).await;
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    println!("send ping");
    socket.send_to(b"ping", to).await.unwrap();
}

// What is called tokio above. The attribute is tokio's own: it writes a call of `block_on`.
mod tokio {
    pub(crate) use super::spawn;
    pub(crate) use ::tokio::main;

    pub(crate) mod net {
        pub(crate) use super::super::Socket as UdpSocket;
    }

    pub(crate) mod time {
        pub(crate) use super::super::sleep_for as sleep;
    }

    pub(crate) mod runtime {
        pub(crate) use super::super::Builder;
    }
}

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Instant;

type Task = Pin<Box<dyn Future<Output = ()>>>;

#[derive(Default)]
struct Executor {
    born: Cell<usize>,
    tasks: RefCell<BTreeMap<usize, Task>>,
    // The ready queue.
    ready: Arc<Mutex<VecDeque<usize>>>,
    // Whom to wake when, in order; a number tells apart what is due together.
    timers: RefCell<BTreeMap<(Instant, usize), Waker>>,
    // Whom to wake when there is something to read.
    reader: Cell<Option<(Rc<std::net::UdpSocket>, Waker)>>,
}

thread_local! {
    static EXECUTOR: Executor = Executor::default();
}

// To wake a task is to put its number into the queue, from any thread.
struct Wakeup(usize, Arc<Mutex<VecDeque<usize>>>);

impl Wake for Wakeup {
    fn wake(self: Arc<Self>) {
        println!("(wake {})", self.0);
        self.1.lock().unwrap().push_back(self.0);
    }
}

impl Executor {
    // Polls whoever is ready until task 0, which is main, has ended.
    fn run(&self) {
        loop {
            while let Some(number) = self.next() {
                if self.poll(number).is_ready() && number == 0 {
                    for (number, task) in self.tasks.take() {
                        println!("(drop {number})");
                        drop(task);
                    }
                    return;
                }
            }
            self.wait();
        }
    }

    fn next(&self) -> Option<usize> {
        self.ready.lock().unwrap().pop_front()
    }

    fn poll(&self, number: usize) -> Poll<()> {
        // Out of the map for as long as it runs; out of it for good when it is ready.
        let Some(mut task) = self.tasks.borrow_mut().remove(&number) else {
            return Poll::Pending;
        };
        println!("(poll {number})");
        let waker = Waker::from(Arc::new(Wakeup(number, self.ready.clone())));
        let poll = task.as_mut().poll(&mut Context::from_waker(&waker));
        if poll.is_ready() {
            println!("({number} is ready)");
        } else {
            println!("({number} is pending)");
            self.tasks.borrow_mut().insert(number, task);
        }
        poll
    }

    // Sleeps until the first timer is due, or until there is something to read, and
    // wakes everyone who waits for that.
    fn wait(&self) {
        println!("(nothing to run)");
        let first = self.timers.borrow().keys().next().map(|due| due.0);
        let left = first.map(|due| due.saturating_duration_since(Instant::now()));
        match self.reader.take() {
            None => std::thread::sleep(left.expect("a timer or a socket: nobody is ever woken")),
            Some((socket, waker)) => {
                if is_readable(&socket, left) {
                    waker.wake();
                } else {
                    self.reader.set(Some((socket, waker)));
                }
            }
        }
        let later = self.timers.borrow_mut().split_off(&(Instant::now(), usize::MAX));
        for waker in self.timers.replace(later).into_values() {
            waker.wake();
        }
    }

    fn number(&self) -> usize {
        self.born.replace(self.born.get() + 1)
    }
}

// Blocks the thread, up to `limit`. An error is for the task, which reads next.
fn is_readable(socket: &std::net::UdpSocket, limit: Option<Duration>) -> bool {
    socket.set_nonblocking(false).expect("an open socket");
    let limit = limit.map(|limit| limit.max(Duration::from_millis(1)));
    socket.set_read_timeout(limit).expect("a limit that is not 0");
    let peeked = socket.peek(&mut [0]);
    socket.set_nonblocking(true).expect("an open socket");
    !peeked.is_err_and(|it| matches!(it.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut))
}

pub(crate) struct Socket(Rc<std::net::UdpSocket>);

impl Socket {
    async fn bind(address: &str) -> io::Result<Self> {
        let socket = std::net::UdpSocket::bind(address)?;
        socket.set_nonblocking(true)?;
        Ok(Self(Rc::new(socket)))
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }

    async fn send_to(&self, bytes: &[u8], to: SocketAddr) -> io::Result<usize> {
        self.0.send_to(bytes, to)
    }

    async fn recv(&self, into: &mut [u8]) -> io::Result<usize> {
        poll_fn(|context| match self.0.recv(into) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                let reader = (self.0.clone(), context.waker().clone());
                EXECUTOR.with(|it| it.reader.set(Some(reader)));
                Poll::Pending
            }
            received => Poll::Ready(received),
        })
        .await
    }
}

pub(crate) fn sleep_for(duration: Duration) -> impl Future<Output = ()> {
    let until = Instant::now() + duration;
    poll_fn(move |context| {
        if Instant::now() >= until {
            return Poll::Ready(());
        }
        EXECUTOR.with(|it| {
            it.timers.borrow_mut().insert((until, it.number()), context.waker().clone())
        });
        Poll::Pending
    })
}

pub(crate) fn spawn<T: 'static>(future: impl Future<Output = T> + 'static) -> Handle<T> {
    let end = Rc::new(End { value: Cell::new(None), waits: Cell::new(None) });
    let handle = Handle(end.clone());
    let task = async move {
        end.value.set(Some(future.await));
        if let Some(waker) = end.waits.take() {
            waker.wake();
        }
    };
    EXECUTOR.with(|it| {
        let number = it.number();
        it.tasks.borrow_mut().insert(number, Box::pin(task));
        it.ready.lock().unwrap().push_back(number);
    });
    handle
}

// What a task and its handle share: the result, and who waits for it.
struct End<T> {
    value: Cell<Option<T>>,
    waits: Cell<Option<Waker>>,
}

pub(crate) struct Handle<T>(Rc<End<T>>);

impl<T> Future for Handle<T> {
    type Output = Result<T, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(value) = self.0.value.take() {
            return Poll::Ready(Ok(value));
        }
        self.0.waits.set(Some(context.waker().clone()));
        Poll::Pending
    }
}

pub(crate) struct Builder;

impl Builder {
    fn new_current_thread() -> Self {
        Self
    }

    fn enable_all(self) -> Self {
        self
    }

    fn build(self) -> Result<Self, Infallible> {
        Ok(self)
    }

    fn block_on<T: 'static>(self, main: impl Future<Output = T> + 'static) -> T {
        let main = spawn(main);
        EXECUTOR.with(Executor::run);
        main.0.value.take().expect("main has ended")
    }
}
// ANCHOR_END: listing
