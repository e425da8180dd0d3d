//! tokio itself, on several workers: it prints nothing that is not among the orders.
//!
//! How often it is run is up to `CONTEXT_SWITCH_TEST_RUNS`. What it prints on a slow or
//! busy machine is as good as any: no output that is possible is a fault.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use recorder::search::Has;
use tokio::runtime::{Builder, Runtime};

use crate::model::{self, Step, Tasks};
use crate::search::{machine, orders_of};

/// So many runs on each number of workers.
const RUNS: usize = 100;

/// So many random programs.
const PROGRAMS: u32 = 6;

/// And those have at most so many orders in the model.
const MOST: u64 = 60;

fn asked(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

fn runtimes() -> Vec<Runtime> {
    let workers = |n| Builder::new_multi_thread().worker_threads(n).enable_all().build().unwrap();
    (2..=4).map(workers).collect()
}

/// What `program` prints, run once.
fn run(runtime: &Runtime, program: &Tasks) -> Vec<String> {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let printed = lines.clone();
    let print = Box::new(move |line| printed.lock().unwrap().push(line));
    runtime.block_on(model::run(program.clone(), print));
    let lines = lines.lock().unwrap();
    lines.clone()
}

/// Runs the program on each of the runtimes; how often there was an output that is so
/// among its orders. None is missing there.
fn compare(text: &str, runtimes: &[Runtime]) -> BTreeMap<Has, usize> {
    let orders = orders_of(machine(), text, 5_000);
    assert!(orders.all, "{text}: {} of {}", orders.run, orders.at_least);
    let runs = asked("CONTEXT_SWITCH_TEST_RUNS").unwrap_or(RUNS);
    let program = model::read(text);
    let (mut known, mut count) = (BTreeMap::new(), BTreeMap::new());
    for runtime in runtimes {
        for _ in 0..runs {
            let lines = run(runtime, &program);
            let has = *known.entry(lines).or_insert_with_key(|lines| orders.has(lines));
            *count.entry(has).or_default() += 1;
        }
    }
    let not: Vec<&Vec<String>> =
        known.iter().filter(|(_, has)| **has == Has::Not).map(|(lines, _)| lines).collect();
    assert!(not.is_empty(), "{text}: {not:?} are not among {:?}", orders.outputs);
    println!("{text}: {} orders, {count:?} of {} outputs", orders.run, known.len());
    count
}

#[test]
fn what_stock_tokio_prints_on_several_workers_is_among_the_orders() {
    let runtimes = runtimes();
    for text in [
        "/P2,pa/T,pb",
        "/P2,P2,pa/pc,T,pb,T",
        "/L0,pa,U0,L0,pb/L0,pc,U0,L0,pd",
        "pa,y,pb/pc,y,pd",
        "/f2,y,pa/r,pb",
        "/f2,f3,pa/r,pb/r,pc",
    ] {
        compare(text, &runtimes);
    }
}

/// Whether it ends soon and prints nothing of the number that its tasks share.
fn is_quick(program: &Tasks) -> bool {
    !program.iter().flatten().any(|step| matches!(step, Step::Sleep(_) | Step::Show))
}

#[test]
fn what_stock_tokio_prints_of_random_programs_is_among_the_orders() {
    let cases = asked("CONTEXT_SWITCH_TEST_PROGRAMS").map_or(PROGRAMS, |n| n as u32);
    let config = Config {
        cases,
        failure_persistence: None,
        max_global_rejects: 1_000_000,
        ..Config::default()
    };
    let runtimes = runtimes();
    let result = TestRunner::new(config).run(&model::programs(), |program| {
        prop_assume!(is_quick(&program));
        let expected = model::all(&program);
        // One that can be stuck would be so here, too.
        prop_assume!(expected.outputs.iter().all(|output| !output.ends_with("stuck")));
        prop_assume!(expected.outputs.len() > 1 && expected.orders <= MOST);
        compare(&model::write(&program), &runtimes);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
