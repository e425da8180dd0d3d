//! What recording costs: `cargo bench -p recorder --features own-cost`.
//!
//! Two tasks wait for each other, which is nothing but events: the worst there
//! is for a recorder. Measured are the time of a recording, up to its last
//! event, beside that of the program by itself, and the memory that it takes
//! to read many events.

use std::cell::Cell;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, Throughput};
use recorder::program::{Options, Program};
use recorder::{python, rust};
use recording::session::Ending;
use recording::session::Session;

#[path = "programs/ping_pong.rs"]
mod ping_pong;

/// The rounds whose time is measured.
const ROUNDS: u32 = 5_000;

/// The rounds of few events, and of about a million, for their memory.
const FEW: u32 = 1_000;
const MANY: u32 = 160_000;

/// By how many bytes the memory may grow from few to many: far less than the
/// events take.
const GROWTH: u64 = 16 << 20;

/// Asks this process for the memory that a recording takes.
const MEMORY: &str = "--memory-of";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == MEMORY) {
        return memory(&arguments[at + 1], arguments[at + 2].parse().expect("a number of rounds"));
    }
    let mut criterion = Criterion::default().configure_from_args();
    let rust = Language { name: "tokio", extension: "rs", by_itself: Box::new(stock_tokio) };
    let python = Language { name: "asyncio", extension: "py", by_itself: Box::new(plain_python) };
    for language in [rust, python] {
        language.measure(&mut criterion);
    }
    criterion.final_summary();
}

/// One language's program.
struct Language {
    name: &'static str,
    extension: &'static str,
    /// Runs it without the recorder.
    by_itself: Box<dyn Fn(&Path)>,
}

impl Language {
    fn measure(&self, criterion: &mut Criterion) {
        let folder = folder();
        let path = program(&folder, self.extension, ROUNDS);
        let start = starter(&path);
        let events = count(start());
        let mut group = criterion.benchmark_group(self.name);
        group.sampling_mode(SamplingMode::Flat).sample_size(10);
        group.measurement_time(Duration::from_secs(8)).throughput(Throughput::Elements(events));
        let (alone, recorded) = (Mean::default(), Mean::default());
        group.bench_function("by itself", |b| {
            b.iter_custom(|n| alone.of(n, || (self.by_itself)(&path)))
        });
        group.bench_function("recorded", |b| b.iter_custom(|n| recorded.of(n, || count(start()))));
        group.finish();
        if let (Some(alone), Some(recorded)) = (alone.seconds(), recorded.seconds()) {
            let (rate, factor) = (events as f64 / recorded, recorded / alone);
            println!(
                "{}: {rate:.0} events a second; {factor:.0} times as long as by itself",
                self.name
            );
        }
        let [few, many] = [FEW, MANY].map(|rounds| memory_of(self.extension, rounds));
        println!("{}: {} of memory for {} events", self.name, mib(few.bytes), few.events);
        println!("{}: {} of memory for {} events", self.name, mib(many.bytes), many.events);
        assert!(many.bytes < few.bytes + GROWTH, "the recorder hoards events");
    }
}

fn mib(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}

/// The time that something took, over all calls.
#[derive(Default)]
struct Mean(Cell<(Duration, u64)>);

impl Mean {
    fn of<T>(&self, times: u64, f: impl Fn() -> T) -> Duration {
        let begin = Instant::now();
        for _ in 0..times {
            black_box(f());
        }
        let taken = begin.elapsed();
        let (before, calls) = self.0.get();
        self.0.set((before + taken, calls + times));
        taken
    }

    /// Nothing when criterion was asked for something else.
    fn seconds(&self) -> Option<f64> {
        let (taken, calls) = self.0.get();
        (calls > 0).then(|| taken.as_secs_f64() / calls as f64)
    }
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-cost");
    std::fs::create_dir_all(&folder).expect("a folder for the programs");
    folder
}

/// Writes the program of so many rounds.
fn program(folder: &Path, extension: &str, rounds: u32) -> PathBuf {
    let path = folder.join(format!("ping_pong_{rounds}.{extension}"));
    let text = match extension {
        "rs" => format!(
            "{}\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {{\n    \
             ping_pong({rounds}).await;\n}}\n",
            include_str!("programs/ping_pong.rs")
        ),
        _ => include_str!("programs/ping_pong.py").replace("ROUNDS)", &format!("{rounds})")),
    };
    std::fs::write(&path, text).expect("the program can be written");
    path
}

/// What records the program, compiled if that is needed.
fn starter(path: &Path) -> Box<dyn Fn() -> Session> {
    let program = Program::at(path).expect("a program");
    let options = Options { timeout: Duration::from_secs(600), ..Options::default() };
    if path.extension().is_some_and(|extension| extension == "py") {
        return Box::new(move || python::start(&program, &options).expect("python3 is there"));
    }
    let compiled = rust::compile(&[program]).expect("it compiles").remove(0);
    Box::new(move || compiled.start(&options).expect("it can be run"))
}

/// Reads all events, keeping none.
fn count(session: Session) -> u64 {
    assert_eq!(session.ending, Ending::Exit(0), "{}", session.stderr);
    session.events.inspect(|event| assert!(event.is_ok(), "{event:?}")).count() as u64
}

fn stock_tokio(_: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(ping_pong::ping_pong(ROUNDS));
}

fn plain_python(path: &Path) {
    let status = Command::new(python::interpreter()).arg(path).status().expect("Python is there");
    assert!(status.success());
}

/// What a recording took.
struct Memory {
    events: u64,
    /// The most that the process ever had.
    bytes: u64,
}

/// Records in a process of its own, whose memory is nothing else's.
fn memory_of(extension: &str, rounds: u32) -> Memory {
    let own = std::env::current_exe().expect("this benchmark's own path");
    let output = Command::new(own).args([MEMORY, extension, &rounds.to_string()]).output();
    let output = output.expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut numbers = said.split_whitespace().map(|number| number.parse().expect("a number"));
    let mut next = || numbers.next().unwrap_or_else(|| panic!("{output:?}"));
    Memory { events: next(), bytes: next() }
}

fn memory(extension: &str, rounds: u32) {
    let events = count(starter(&program(&folder(), extension, rounds))());
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux says it");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = peak.and_then(|peak| peak.trim().strip_suffix(" kB")).expect("a number of KiB");
    println!("{events} {}", kib.parse::<u64>().expect("a number") << 10);
}
