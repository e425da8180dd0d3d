//! `cargo run`: from its start to a page, and from a saved chapter to the page
//! that is loaded anew.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// A chapter that is there from the first commit on.
const CHAPTER: &str = "introduction";

/// The book's server, in a process of its own, until it is dropped.
pub struct Reader {
    process: Child,
    address: String,
}

impl Reader {
    /// Starts to serve the book at `book`. Returns it with the time until its
    /// first page was there.
    pub fn start(tool: &Path, book: &Path) -> Result<(Self, Duration)> {
        let start = Instant::now();
        let mut command = Command::new(tool);
        command.args(["--port", "0", "--no-open"]).current_dir(book);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().context("cannot start the book's server")?;
        let stdout = process.stdout.take().context("the server has a stdout")?;
        let mut reader = Reader { process, address: String::new() };
        BufReader::new(stdout).read_line(&mut reader.address)?;
        let address = reader.address.trim().trim_start_matches("http://").trim_end_matches('/');
        reader.address = address.to_owned();
        reader.page()?;
        Ok((reader, start.elapsed()))
    }

    /// Saves a chapter of `book` with a sentence more, and returns the time until
    /// the page has it.
    pub fn reload(&self, book: &Path) -> Result<Duration> {
        // The watcher has to be at work before there is something to see.
        sleep(Duration::from_secs(1));
        let file = book.join("src").join(CHAPTER).with_extension("md");
        let before = fs::read_to_string(&file)?;
        let sentence = format!("Saved {} times.", before.matches("Saved").count() + 1);
        let start = Instant::now();
        fs::write(&file, format!("{before}\n{sentence}\n"))?;
        while !self.page()?.contains(&sentence) {
            if start.elapsed() > Duration::from_secs(60) {
                bail!("the page has not changed within a minute");
            }
            sleep(Duration::from_millis(5));
        }
        Ok(start.elapsed())
    }

    fn page(&self) -> Result<String> {
        let mut stream = TcpStream::connect(&self.address).context("the server hung up")?;
        let host = &self.address;
        write!(stream, "GET /{CHAPTER}.html HTTP/1.0\r\nHost: {host}\r\n\r\n")?;
        let mut page = String::new();
        stream.read_to_string(&mut page)?;
        let status = page.lines().next().unwrap_or_default();
        if !status.contains(" 200 ") {
            bail!("/{CHAPTER}.html: {status}");
        }
        Ok(page)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
