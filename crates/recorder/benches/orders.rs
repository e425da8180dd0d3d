//! What an order costs: `cargo bench -p recorder --bench orders --features own-cost`.
//!
//! Three tasks that take turns, in all of their orders.

use std::num::NonZeroUsize;
use std::path::Path;

use criterion::{Criterion, SamplingMode, Throughput};
use recorder::program::{Options, Program};
use recorder::rust::{self, Compiled};
use recorder::search::{runner, search};

/// More than there are.
const MOST: NonZeroUsize = NonZeroUsize::new(5_000).unwrap();

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("orders");
    group.sampling_mode(SamplingMode::Flat).sample_size(10);

    let program = program("rs", include_str!("programs/three.rs"));
    let compiled = rust::compile(std::slice::from_ref(&program)).expect("it compiles").remove(0);
    let all = || all(&program, Some(&compiled));
    group.throughput(Throughput::Elements(all()));
    group.bench_function("tokio", |b| b.iter(all));

    let program = self::program("py", include_str!("programs/three.py"));
    let all = || self::all(&program, None);
    group.throughput(Throughput::Elements(all()));
    group.bench_function("asyncio", |b| b.iter(all));
    group.finish();
    criterion.final_summary();
}

/// Runs all orders, and gives how many there are.
fn all(program: &Program, compiled: Option<&Compiled>) -> u64 {
    let run = runner(program, compiled, &Options::default());
    let orders = search("", &run, MOST, &|| {}).expect("it has orders");
    assert!(orders.all, "{} of {}: {:?}", orders.run, orders.at_least, orders.failed);
    orders.run as u64
}

/// The program with this text, in a file.
fn program(extension: &str, text: &str) -> Program {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("orders");
    std::fs::create_dir_all(&folder).expect("a folder for the programs");
    let path = folder.join(format!("three.{extension}"));
    std::fs::write(&path, text).expect("the program can be written");
    Program::at(&path).expect("a program")
}
