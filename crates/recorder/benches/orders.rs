//! What an order costs: `cargo bench -p recorder --bench orders --features own-cost`.
//!
//! Three tasks that take turns, in a thousand of their orders; so many are asked for,
//! and those that draw lots may draw the same.

use std::num::NonZeroUsize;
use std::path::Path;

use criterion::{Criterion, SamplingMode, Throughput};
use recorder::program::{Options, Program};
use recorder::rust::{self, Compiled};
use recorder::search::{Asked, runner, search};

/// Fewer than there are.
const MOST: NonZeroUsize = NonZeroUsize::new(1_000).unwrap();

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("orders");
    group.sampling_mode(SamplingMode::Flat).sample_size(10);

    let program = program("rs", include_str!("programs/three.rs"));
    let compiled = rust::compile(std::slice::from_ref(&program)).expect("it compiles").remove(0);
    group.throughput(Throughput::Elements(MOST.get() as u64));
    group.bench_function("tokio", |b| b.iter(|| run(&program, Some(&compiled))));

    let program = self::program("py", include_str!("programs/three.py"));
    group.bench_function("asyncio", |b| b.iter(|| run(&program, None)));
    group.finish();
    criterion.final_summary();
}

fn run(program: &Program, compiled: Option<&Compiled>) {
    let run = runner(program, compiled, &Options::default());
    let orders = search("", &run, Asked { most: MOST, wide: false, causes: false }, &|| {})
        .expect("it has orders");
    assert!(orders.at_least > MOST.get(), "{} orders are too few", orders.at_least);
    assert!(orders.failed.is_empty(), "{:?}", orders.failed);
}

/// The program with this text, in a file.
fn program(extension: &str, text: &str) -> Program {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("orders");
    std::fs::create_dir_all(&folder).expect("a folder for the programs");
    let path = folder.join(format!("three.{extension}"));
    std::fs::write(&path, text).expect("the program can be written");
    Program::at(&path).expect("a program")
}
