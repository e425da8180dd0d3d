//! Requests to run programs, as a page makes them and as an attacker would.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::reader::{Answer, Reader};

/// A request that a page of `reader` would make, to be spoilt.
pub struct Request<'a> {
    reader: &'a Reader,
    path: &'a str,
    headers: Vec<(&'static str, String)>,
    body: String,
}

/// A page's own request to run the twin of `program`.
pub fn run<'a>(reader: &'a Reader, program: &str) -> Request<'a> {
    let body = serde_json::json!({ "program": program, "language": "python" });
    Request::new(reader, "/-/run", body.to_string())
}

/// A page's own request to record `source`.
pub fn record<'a>(reader: &'a Reader, language: &str, source: &str) -> Request<'a> {
    let body = serde_json::json!({ "language": language, "source": source });
    Request::new(reader, "/-/record", body.to_string())
}

impl<'a> Request<'a> {
    fn new(reader: &'a Reader, path: &'a str, body: String) -> Self {
        let host = reader.host().to_owned();
        let headers = vec![
            ("Origin", format!("http://{host}")),
            ("Host", host),
            ("Content-Type", "application/json".to_owned()),
            ("X-Context-Switch-Token", token(reader)),
        ];
        Self { reader, path, headers, body }
    }

    /// With another value of a header; without it, if there is none.
    pub fn header(mut self, name: &'static str, value: Option<&str>) -> Self {
        self.headers.retain(|(other, _)| *other != name);
        self.headers.extend(value.map(|value| (name, value.to_owned())));
        self
    }

    /// With another body.
    pub fn body(mut self, body: String) -> Self {
        self.body = body;
        self
    }

    /// Sends it and leaves the connection open.
    pub fn open(&self) -> TcpStream {
        let mut stream = TcpStream::connect(self.reader.host()).expect("a connection");
        let headers: String =
            self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!(
            "POST {} HTTP/1.1\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.path,
            self.body.len()
        );
        stream.write_all(head.as_bytes()).expect("a request");
        // A server may refuse a body that it has not read.
        let _ = stream.write_all(self.body.as_bytes());
        stream
    }

    /// Sends it and waits for all of the answer.
    pub fn send(&self) -> Answer {
        let mut answer = Vec::new();
        // What was answered before a refused body broke the connection counts.
        let _ = self.open().read_to_end(&mut answer);
        Answer(String::from_utf8_lossy(&answer).into_owned())
    }
}

/// The token in a page of the book.
pub fn token(reader: &Reader) -> String {
    let page = reader.page("/one.html");
    let (_, rest) = page.split_once("data-token=\"").expect("a token");
    rest.split('"').next().expect("its end").to_owned()
}
