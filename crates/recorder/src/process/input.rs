//! What programs read from their standard input: nothing, or what comes to this
//! process's own, where that was [`offer`]ed.
//!
//! A program may run several times until it is recorded as it is. So what was
//! read is kept, and each run gets all of it; a file is opened anew.

use std::fs::File;
use std::io::{self, PipeReader, PipeWriter, Write};
use std::os::fd::AsFd;
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::{FileType, fstat, major, minor};
use rustix::io::Errno;

/// What a child finds on its standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stdin {
    /// Nothing: its end.
    Empty,
    /// What is offered, a file; of what comes as time goes on nothing comes.
    Silent,
    /// What is offered.
    Offered,
}

/// Set by [`offer`].
static OFFERED: AtomicBool = AtomicBool::new(false);

/// What has been read, and whether it was all there is.
static READ: Mutex<(Vec<u8>, bool)> = Mutex::new((Vec::new(), false));

/// Lets programs read what comes to this process's standard input.
pub fn offer() {
    OFFERED.store(true, Ordering::Relaxed);
}

/// What hands the input on to a child.
#[derive(Debug)]
pub(super) struct Pump {
    /// Closed when the child is over.
    alive: Option<PipeWriter>,
    /// The end of the child's input that nothing comes through.
    _silent: Option<PipeWriter>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Pump {
    fn drop(&mut self) {
        self.alive = None;
        if let Some(thread) = self.thread.take() {
            thread.join().expect("it does not panic");
        }
    }
}

/// The standard input of a child, and what is to live as long as the child.
///
/// # Errors
///
/// When there are too many open files.
pub(super) fn open(stdin: Stdin) -> io::Result<(Stdio, Option<Pump>)> {
    if stdin == Stdin::Empty || !OFFERED.load(Ordering::Relaxed) {
        return Ok((Stdio::null(), None));
    }
    let stat = fstat(io::stdin())?;
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => return Ok((File::open("/proc/self/fd/0")?.into(), None)),
        FileType::CharacterDevice if (major(stat.st_rdev), minor(stat.st_rdev)) == NULL => {
            return Ok((Stdio::null(), None));
        }
        _ => {}
    }
    let (from, to) = io::pipe()?;
    if stdin == Stdin::Silent {
        let pump = Pump { alive: None, _silent: Some(to), thread: None };
        return Ok((from.into(), Some(pump)));
    }
    let (over, alive) = io::pipe()?;
    let thread = std::thread::spawn(move || pump(to, &over));
    let pump = Pump { alive: Some(alive), _silent: None, thread: Some(thread) };
    Ok((from.into(), Some(pump)))
}

/// `/dev/null`.
const NULL: (u32, u32) = (1, 3);

/// Hands on what has been read, then what comes, until it ends, or the child has
/// no use for it, or `over` is closed.
fn pump(mut to: PipeWriter, over: &PipeReader) {
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let mut handed_on = 0;
    let mut buffer = [0; 8192];
    loop {
        if to.write_all(&read.0[handed_on..]).is_err() || read.1 {
            return;
        }
        handed_on = read.0.len();
        let stdin = io::stdin();
        let mut all = [
            PollFd::new(&stdin, PollFlags::IN),
            PollFd::new(over, PollFlags::IN),
            PollFd::new(&to, PollFlags::empty()),
        ];
        match poll(&mut all, None) {
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(_) => return,
        }
        let [comes, is_over, is_closed] = all.map(|fd| !fd.revents().is_empty());
        if is_over || is_closed {
            return;
        }
        if comes {
            match rustix::io::read(io::stdin().as_fd(), &mut buffer) {
                Ok(0) => read.1 = true,
                Ok(n) => read.0.extend_from_slice(&buffer[..n]),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => read.1 = true,
            }
        }
    }
}
