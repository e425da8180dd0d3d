//! `cargo run`, on a book of the test's own and a port of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::book::repository;

/// A running reader; killed when dropped.
pub struct Reader {
    child: Child,
    log: Arc<Mutex<String>>,
    /// Its temporary files.
    pub temporary: Arc<TempDir>,
    /// What it printed on stdout: `http://127.0.0.1:PORT/`.
    pub address: String,
}

/// The command line, to be run in `book`.
pub fn command(book: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_book"));
    command.current_dir(book).stdin(Stdio::null());
    command
}

impl Reader {
    /// Reads the book at `book`.
    pub fn start(book: &Path) -> Self {
        Self::start_in(book, Arc::new(tempfile::tempdir().expect("a folder")))
    }

    /// [`Reader::start`], with its temporary files there.
    pub fn start_in(book: &Path, temporary: Arc<TempDir>) -> Self {
        let mut child = command(book)
            .args(["--port", "0", "--no-open"])
            .env("TMPDIR", temporary.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the book's command line");
        let log = Arc::new(Mutex::new(String::new()));
        let heard = log.clone();
        let stderr = BufReader::new(child.stderr.take().expect("stderr"));
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                *heard.lock().unwrap() += &(line + "\n");
            }
        });
        let mut address = String::new();
        let stdout = child.stdout.as_mut().expect("stdout");
        BufReader::new(stdout).read_line(&mut address).expect("the address");
        let address = address.trim().to_owned();
        assert!(address.starts_with("http://127.0.0.1:"), "{address:?}");
        Self { child, log, temporary, address }
    }

    /// Reads the real book: one reader for all the tests that do so at a time.
    pub fn of_the_book() -> Arc<Self> {
        static SHARED: Mutex<Weak<Reader>> = Mutex::new(Weak::new());
        // A test that failed says nothing about the reader.
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let reader = Arc::new(Self::start(&repository()));
            *shared = Arc::downgrade(&reader);
            reader
        })
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it said on stderr until now.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// `127.0.0.1:PORT`.
    pub fn host(&self) -> &str {
        self.address.trim_start_matches("http://").trim_end_matches('/')
    }

    /// Asks for `path`, exactly as it stands; more `headers` end in `\r\n` each.
    pub fn ask(&self, path: &str, headers: &str) -> Answer {
        let host = if headers.contains("Host:") {
            String::new()
        } else {
            format!("Host: {}\r\n", self.host())
        };
        let mut stream = TcpStream::connect(self.host()).expect("a connection");
        // A socket that stays open is no answer.
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a time limit");
        write!(stream, "GET {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n")
            .expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        Answer(String::from_utf8_lossy(&answer).into_owned())
    }

    /// The page at `path`, which has to be there.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        let answer = self.ask(path, "");
        assert_eq!(answer.status(), 200, "{path}");
        answer.0
    }

    /// Sends it a signal, and says how it ended.
    #[cfg(unix)]
    pub fn end(mut self, signal: &str) -> (ExitStatus, String) {
        let pid = self.child.id().to_string();
        let kill = Command::new("kill").args(["-s", signal, &pid]).status();
        assert!(kill.expect("kill").success());
        let status = self.child.wait().expect("an end");
        let log = self.log();
        (status, log)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It may have ended already, as it should.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer, head and body.
pub struct Answer(pub String);

impl Answer {
    /// The status code.
    pub fn status(&self) -> u16 {
        self.0.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status line")
    }

    /// Whether the head has this line.
    pub fn has(&self, header: &str) -> bool {
        let (head, _) = self.0.split_once("\r\n\r\n").expect("a head");
        head.lines().any(|line| line.eq_ignore_ascii_case(header))
    }
}
