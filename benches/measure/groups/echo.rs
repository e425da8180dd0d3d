//! An echo server: requests a second and latencies, the same client for all.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use costs::Group;
use costs::data::LeftOut;
use costs::programs::python;

use super::client;
use crate::child;
use crate::machine::{most_files, most_threads};
use crate::run::{Cell, Run, Value};

const CONNECTIONS: &[u64] = &[1, 100, 10_000];

pub fn measure(run: &Run) -> (Group, bool) {
    let mut left_out = vec![];
    let mut by = vec!["floor", "current_thread", "multi_thread"];
    if run.has_python("an echo server in asyncio", &mut left_out) {
        by.push("asyncio");
        let mut import = Command::new(run.python().unwrap_or("python3".as_ref()));
        match child::output(import.args(["-c", "import uvloop"]), Duration::from_secs(30)) {
            Ok(_) => by.push("uvloop"),
            Err(why) => left_out.push(LeftOut { what: "uvloop".into(), why: why.to_string() }),
        }
    }
    let mut cells = vec![];
    for n in CONNECTIONS {
        cells.extend(by.iter().map(|by| Cell::of("echo", by, *n as f64)));
    }
    let files = most_files();
    run.rounds(3, &cells, left_out, |cell| {
        let connections = cell.x.unwrap_or_default() as u64;
        ensure!(connections + 50 < files, "a process may open {files} files (ulimit -n)");
        if cell.by == "floor" {
            let (most, why) = most_threads();
            ensure!(connections <= most, "a thread for each: {why}");
        }
        let server = Server::start(run, &cell.by)?;
        let answers = client::ask(&server.address, connections, run.seconds(3.0))?;
        Ok(vec![
            Value::new("rate", "1/s", answers.rate),
            Value::new("p50", "µs", answers.p50_us),
            Value::new("p99", "µs", answers.p99_us),
        ])
    })
}

/// A server in a process of its own, until it is dropped.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(run: &Run, by: &str) -> Result<Self> {
        let script = python(&run.root, "echo_server");
        let mut command = match by {
            "floor" => Command::new(run.program("echo_threads")),
            "current_thread" => Command::new(run.program("echo_server")),
            "multi_thread" => Command::new(run.program("echo_server_workers")),
            _ => Command::new(run.python()?),
        };
        if by == "uvloop" {
            // The same program on another loop.
            let code = "import runpy, sys, uvloop; uvloop.install(); \
                        sys.argv.pop(0); runpy.run_path(sys.argv[0], run_name='__main__')";
            command.args(["-c", code]);
        }
        if matches!(by, "asyncio" | "uvloop") {
            command.arg(script);
        }
        command.arg("127.0.0.1:0").stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().context("cannot start the server")?;
        let stdout = process.stdout.take().context("the server has a stdout")?;
        let mut server = Server { process, address: String::new() };
        BufReader::new(stdout).read_line(&mut server.address)?;
        let address = server.address.trim().strip_prefix("listening on ");
        server.address = address.context("the server does not say where it listens")?.into();
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
