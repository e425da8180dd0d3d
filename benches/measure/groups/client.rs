//! The client of the echo servers: each connection sends a message, waits for the
//! answer, and sends the next. One thread, in a process of its own.

use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Barrier, Semaphore};
use tokio::task::JoinSet;

use crate::child;

/// Set for the process that asks: address, connections, milliseconds.
const PART: &str = "CONTEXT_SWITCH_CLIENT";

/// Bytes of a message.
const MESSAGE: usize = 64;

/// What the answers were like.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answers {
    /// Answers in a second, all connections together.
    pub rate: f64,
    /// The latency that half of the answers stay below, in µs.
    pub p50_us: f64,
    /// The latency that 99 of 100 answers stay below, in µs.
    pub p99_us: f64,
}

/// Asks for `time`, after one answer for each connection.
///
/// # Errors
///
/// If a connection cannot be made or breaks.
pub fn ask(address: &str, connections: u64, time: Duration) -> Result<Answers> {
    let mut command = Command::new(std::env::current_exe()?);
    command.env(PART, format!("{address} {connections} {}", time.as_millis()));
    let stdout = child::output(&mut command, time * 2 + Duration::from_secs(60))?;
    serde_json::from_str(&stdout).context("the client gave no answers")
}

/// Asks, if this process was started for that.
pub fn answer() -> Option<ExitCode> {
    let part = std::env::var(PART).ok()?;
    let asked = || {
        let [address, connections, ms] = part.split(' ').collect::<Vec<_>>()[..] else {
            anyhow::bail!("{PART} is {part:?}");
        };
        let time = Duration::from_millis(ms.parse()?);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(all(address, connections.parse()?, time))
    };
    Some(match asked() {
        Ok(answers) => {
            println!("{}", serde_json::to_string(&answers).expect("three numbers"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    })
}

async fn all(address: &str, connections: usize, time: Duration) -> Result<Answers> {
    // A listener's queue is short, so each has an answer before it makes room for
    // another, and nothing of the connecting is measured.
    let connecting = Arc::new(Semaphore::new(100));
    let mut streams = JoinSet::new();
    for _ in 0..connections {
        let (address, connecting) = (address.to_owned(), Arc::clone(&connecting));
        streams.spawn(async move {
            let _permit = connecting.acquire().await?;
            let mut stream = TcpStream::connect(address).await.context("cannot connect")?;
            stream.set_nodelay(true)?;
            echo(&mut stream).await?;
            anyhow::Ok(stream)
        });
    }
    let mut connected = vec![];
    while let Some(stream) = streams.join_next().await {
        connected.push(stream??);
    }
    let ready = Arc::new(Barrier::new(connected.len()));
    let mut asking = JoinSet::new();
    for stream in connected {
        asking.spawn(one(stream, Arc::clone(&ready), time));
    }
    let mut latencies = vec![];
    while let Some(some) = asking.join_next().await {
        latencies.extend(some??);
    }
    ensure!(!latencies.is_empty(), "no answer came in time");
    latencies.sort_unstable();
    let at = |percent: usize| f64::from(latencies[(latencies.len() - 1) * percent / 100]) / 1e3;
    let rate = latencies.len() as f64 / time.as_secs_f64();
    Ok(Answers { rate, p50_us: at(50), p99_us: at(99) })
}

/// The latencies, in ns, of the answers that came within `time`.
async fn one(mut stream: TcpStream, ready: Arc<Barrier>, time: Duration) -> Result<Vec<u32>> {
    ready.wait().await;
    let until = Instant::now() + time;
    let mut latencies = vec![];
    loop {
        let latency = echo(&mut stream).await?;
        if Instant::now() > until {
            return Ok(latencies);
        }
        latencies.push(u32::try_from(latency.as_nanos()).unwrap_or(u32::MAX));
    }
}

async fn echo(stream: &mut TcpStream) -> Result<Duration> {
    let (message, mut answer) = ([7; MESSAGE], [0; MESSAGE]);
    let sent = Instant::now();
    stream.write_all(&message).await.context("the server hung up")?;
    stream.read_exact(&mut answer).await.context("the server hung up")?;
    ensure!(answer == message, "the answer is not what was sent");
    Ok(sent.elapsed())
}
