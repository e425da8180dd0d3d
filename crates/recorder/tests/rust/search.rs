//! Programs run in every order.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use recorder::every_order;
use recorder::program::{Options, Program};
use recorder::rust::{Compiled, compile};
use recorder::search::every::Run;
use recorder::search::{Asked, Has, Orders, runner, search, token};
use recording::findings::Kind;
use recording::session::Ending;

use crate::model;
use crate::outputs::outputs;
use crate::patience::given_time;
use crate::support::program;

/// The orders of `compiled`, called with `argument`.
pub fn orders_of(compiled: &Compiled, argument: &str, most: usize) -> Orders {
    orders_within(Duration::from_secs(60), compiled, argument, most)
}

fn orders_within(timeout: Duration, compiled: &Compiled, argument: &str, most: usize) -> Orders {
    let mut compiled = compiled.clone();
    compiled.program.args = vec![argument.into()];
    let options = Options::within(timeout);
    let run = runner(&compiled.program, Some(&compiled), &options);
    let asked = Asked { most: NonZeroUsize::new(most).unwrap(), wide: false, causes: true };
    search(&compiled.text, &run, asked, &|| {}).unwrap()
}

#[test]
fn two_locks_in_opposite_order_are_found_with_nothing_between() {
    let orders = orders_of(program("two_locks"), "", 20);
    let stuck = orders.outputs.iter().find(|output| output.ending == Ending::Stuck);
    assert!(stuck.is_some_and(|output| output.orders > 0), "{orders:?}");
    let found = orders.findings.iter().find(|found| found.finding.kind == Kind::Deadlock);
    let says = &found.expect("a deadlock").finding.says;
    assert!(says.contains("line 17") && says.contains("line 16"), "{says}");
    let all = orders_of(program("two_locks"), "", 1_000);
    assert!(all.all && all.run == all.at_least, "{all:?}");
    assert_eq!(outputs(&all), ["", "done"]);
}

#[test]
fn an_update_that_is_lost_in_some_order_is_found_in_twenty() {
    for way in [
        "yield", "sleep", "lock", "book", "permit", "budget", "barrier", "watch", "ask", "blocking",
    ] {
        let orders = orders_of(program("lost_updates"), way, 20);
        assert!(outputs(&orders).contains(&"1".to_owned()), "{way}: {orders:?}");
        assert!(orders.outputs.iter().all(|one| one.ending == Ending::Exit(0)), "{way}");
    }
}

#[test]
fn whatever_tasks_can_do_has_its_orders() {
    for (what, expected) in [
        ("select", &["first", "second"][..]),
        ("abort", &["begins dropped Err(true)"]),
        ("panic", &["Err(true)"]),
        ("set", &["0 1 0", "0 1 stopped 0", "1 0 0", "1 0 stopped 0"]),
        ("end", &["", "begins dropped"]),
        ("in place", &["main in place"]),
    ] {
        let orders = orders_of(program("orders"), what, 1_000);
        assert!(orders.all, "{what}: {orders:?}");
        assert_eq!(outputs(&orders), expected, "{what}");
    }
}

#[test]
fn an_order_that_never_ends_is_one_of_the_outputs_and_the_rest_goes_on() {
    for (what, ending) in [("prints", Ending::Flooded), ("computes", Ending::TimedOut)] {
        let orders = |timeout| orders_within(timeout, program("ends_in_one_order"), what, 100);
        let ends = |orders: &Orders| orders.outputs.iter().any(|one| one.lines == ["done"]);
        let orders = given_time(orders, ends);
        assert!(ends(&orders), "{what}: {orders:?}");
        assert!(orders.outputs.iter().any(|one| one.ending == ending), "{what}: {orders:?}");
    }
}

#[test]
fn on_one_thread_there_is_one_order() {
    let orders = orders_of(program("ends_at_once"), "", 10);
    assert!(orders.all && orders.run == 1, "{orders:?}");
}

#[test]
fn a_program_of_one_thread_has_more_orders_on_several() {
    let compiled = program("one_thread");
    assert_eq!(orders_of(compiled, "", 10).run, 1);
    let options = Options { wide: true, ..Options::within(Duration::from_secs(60)) };
    let run = runner(&compiled.program, Some(compiled), &options);
    let asked = Asked { most: NonZeroUsize::new(1_000).unwrap(), wide: true, causes: true };
    let orders = search(&compiled.text, &run, asked, &|| {}).unwrap();
    assert!(orders.all && !orders.is_proof(), "{orders:?}");
    assert_eq!(outputs(&orders), ["a b", "b a"]);
    let other = &orders.outputs[1].example.token;
    let (order, wide) = token::schedule(other).unwrap();
    let options = Options { order: Some(order), wide, ..Options::default() };
    let session = compiled.start(&options).unwrap();
    token::check(other, &compiled.text, &session.choices).unwrap();
}

#[test]
fn whoever_is_ready_beside_a_poll_may_overlap_it() {
    // Main prints after it has spawned, and no choice shows that it may be too late.
    for (text, overlap) in [("pa,pb", false), ("pa,pb/pc", true), ("/pc", true)] {
        let orders = orders_of(machine(), text, 100);
        assert!(orders.all && orders.overlap == overlap, "{text}: {orders:?}");
        assert_eq!(orders.is_proof(), !overlap, "{text}");
    }
    let orders = orders_of(machine(), "pa,pb/pc", 100);
    assert_eq!(orders.has(&["a", "b", "c"]), Has::Output);
    assert_eq!(orders.has(&["a", "c", "b"]), Has::Overlap);
    assert_eq!(orders.has(&["b", "a", "c"]), Has::Not);
}

#[test]
fn what_needs_the_machines_clock_has_no_orders() {
    let compiled = program("waits_for_ctrl_c");
    let options = Options { order: Some(Default::default()), ..Options::default() };
    let Err(error) = compiled.start(&options) else { panic!("it has an order") };
    let error = format!("{error:#}");
    assert!(
        error.contains("no order can be chosen: it waits for what comes from outside"),
        "{error}"
    );
}

#[test]
fn a_hundred_runs_of_a_token_are_the_same_to_the_byte() {
    let compiled = program("two_locks");
    let orders = orders_of(compiled, "", 20);
    let stuck = orders.outputs.iter().find(|output| output.ending == Ending::Stuck).unwrap();
    let (order, _) = token::schedule(&stuck.example.token).unwrap();
    let run = || {
        let session =
            compiled.start(&Options { order: Some(order.clone()), ..Options::default() }).unwrap();
        token::check(&stuck.example.token, &compiled.text, &session.choices).unwrap();
        let mut bytes = Vec::new();
        let recording = session.into_recording().unwrap();
        recording.write(&mut bytes).unwrap();
        bytes
    };
    let first = run();
    assert!((1..100).all(|_| run() == first));
}

/// So many programs are tried whose orders can all be run.
const PROGRAMS: u32 = 12;

/// And those have at most so many.
const MOST: u64 = 250;

#[test]
fn a_test_catches_the_update_that_is_lost_in_some_order_and_says_in_which() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pay.rs");
    let pay = |how: &str| {
        let text = format!(
            "use std::sync::Arc;\nuse tokio::sync::Mutex;\n\n#[tokio::main]\nasync fn main() {{\n    \
             let sum = Arc::new(Mutex::new(0));\n    let other = tokio::spawn(pay(sum.clone()));\n    \
             pay(sum.clone()).await;\n    other.await.unwrap();\n    \
             println!(\"{{}}\", sum.lock().await);\n}}\n\n\
             async fn pay(sum: Arc<Mutex<u32>>) {{\n    {how}\n}}\n"
        );
        std::fs::write(&path, text).unwrap();
    };
    pay("let old = *sum.lock().await; *sum.lock().await = old + 10;");
    let check = |run: &Run<'_>| {
        assert_eq!(run.ending, &Ending::Exit(0));
        assert_eq!(run.lines, ["20"], "in the order {}", run.token);
    };
    let Err(caught) = std::panic::catch_unwind(|| every_order(&path, check)) else {
        panic!("no update is lost")
    };
    let said = caught.downcast_ref::<String>().unwrap();
    assert!(said.contains("\"10\"") && said.contains("in the order"), "{said}");
    let token = said.split("in the order ").nth(1).unwrap().split_whitespace().next().unwrap();
    token::schedule(token).unwrap();
    pay("*sum.lock().await += 10;");
    every_order(&path, check);
}

/// What runs the programs of the model.
pub fn machine() -> &'static Compiled {
    static MACHINE: OnceLock<Compiled> = OnceLock::new();
    MACHINE.get_or_init(|| {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("model.rs");
        let main = "#[tokio::main]\nasync fn main() {\n    \
                    let tasks = read(&std::env::args().nth(1).unwrap());\n    \
                    run(tasks, Box::new(|line| println!(\"{line}\"))).await;\n}\n";
        std::fs::write(&path, format!("{}{main}", include_str!("model_program.rs"))).unwrap();
        compile(&[Program::at(&path).unwrap()]).unwrap().remove(0)
    })
}

#[test]
fn whoever_main_has_spawned_may_go_before_its_first_await() {
    let text = "L0,pc/pa";
    let expected = ["a c".to_owned(), "c a".to_owned()];
    assert_eq!(model::all(&model::read(text)).outputs, BTreeSet::from(expected.clone()));
    assert_eq!(outputs(&orders_of(machine(), text, 100)), expected);
}

#[test]
fn whoever_has_sent_or_received_may_be_overtaken_before_it_goes_on() {
    for (text, expected) in [
        // What was sent is there at once.
        ("/P2,pa/T,pb", &["a b", "b a"]),
        // There is room as soon as the first message is taken, and not before.
        ("/P2,P2,pa/pc,T,pb,T", &["c a b", "c b a"]),
        ("/y,P2,pa/T,pb", &["a b", "b a"]),
        ("/f2,y,pa/r,pb", &["a b", "b a"]),
    ] {
        let expected = expected.map(str::to_owned);
        let found = model::all(&model::read(text)).outputs;
        assert_eq!(found, BTreeSet::from(expected.clone()), "{text}");
        assert_eq!(outputs(&orders_of(machine(), text, 1_000)), expected, "{text}");
    }
}

#[test]
fn random_programs_print_what_a_plain_interpreter_of_the_model_prints() {
    let cases = std::env::var("CONTEXT_SWITCH_TEST_PROGRAMS").ok().and_then(|n| n.parse().ok());
    let cases = cases.unwrap_or(PROGRAMS);
    let config = Config {
        cases,
        failure_persistence: None,
        max_global_rejects: 100_000,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&model::programs(), |program| {
        let expected = model::all(&program);
        prop_assume!((2..=MOST).contains(&expected.orders));
        let text = model::write(&program);
        let orders = orders_of(machine(), &text, 3_000);
        let found: BTreeSet<String> = orders
            .outputs
            .iter()
            .map(|output| {
                let stuck = if output.ending == Ending::Stuck { "stuck" } else { "" };
                output.lines.join(" ") + stuck
            })
            .collect();
        let endings: BTreeSet<String> =
            orders.outputs.iter().map(|output| format!("{:?}", output.ending)).collect();
        prop_assert!(orders.all, "{text}: {:?}, {endings:?}", (orders.run, &orders.failed));
        prop_assert_eq!(&found, &expected.outputs, "{}", text);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
