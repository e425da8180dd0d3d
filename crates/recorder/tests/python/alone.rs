//! The recorder as a package for Python alone.

use std::path::Path;
use std::process::{Command, Output};

use recording::event::{Language, Recording};
use recording::names::Names;
use recording::on::{Close, Io, Mode, On, Room};
use recording::session::Ending;
use recording::waits::waits;
use recording::words::duration;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::{Python, each};

const SCRIPT: &str = "import asyncio


async def foo():
    print('foo')
    await asyncio.sleep(10)


async def main():
    lock = asyncio.Lock()
    async with lock:
        asyncio.create_task(foo())
        await asyncio.wait({asyncio.ensure_future(lock.acquire())}, timeout=1)
    print('ends')


asyncio.run(main())
";

/// A Python that finds the package.
fn with_package(python: &Python) -> Command {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("python");
    let mut command = Command::new(&python.command);
    command.env("PYTHONPATH", package).env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

fn command(python: &Python) -> Command {
    let mut command = with_package(python);
    command.args(["-m", "context_switch"]);
    command
}

fn run(python: &Python, script: &Path, more: &[&str]) -> Output {
    command(python).args(more).arg(script).output().unwrap()
}

#[test]
fn the_package_alone_makes_the_same_recording() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("test.py");
    std::fs::write(&script, SCRIPT).unwrap();
    each(|python| {
        let output = run(python, &script, &["--format", "jsonl"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let alone = Recording::read(output.stdout.as_slice()).unwrap();
        assert_eq!(alone, python.record_file(&script).recording);

        let text = run(python, &script, &[]);
        let text = String::from_utf8_lossy(&text.stdout).into_owned();
        for holds in ["foo", "suspended, waits for 10 s", "prints 'ends'", "1 s"] {
            assert!(text.contains(holds), "no `{holds}` in\n{text}");
        }
    });
}

#[test]
fn the_package_alone_runs_a_module_with_its_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        std::fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    write("app/__init__.py", "");
    write("app/other.py", "X = 5\n");
    write(
        "app/__main__.py",
        "import asyncio, sys\nfrom .other import X\n\nasync def main():\n    \
         await asyncio.sleep(1)\n    print(sys.argv[1:], X)\n\nasyncio.run(main())\n",
    );
    // As pytest does: what is recorded is what it is given.
    write("runner.py", "import runpy, sys\nrunpy.run_path(sys.argv[1])['test']()\n");
    write(
        "test_it.py",
        "import asyncio\n\nasync def waits():\n    await asyncio.sleep(60)\n\n\
         def test():\n    asyncio.run(waits())\n",
    );
    each(|python| {
        let run = |more: &[&str]| {
            let mut command = command(python);
            command.arg("-m").args(more).current_dir(&folder);
            let output = command.output().unwrap();
            let said = [output.stdout, output.stderr].concat();
            (output.status.success(), String::from_utf8(said).unwrap())
        };
        for (module, holds) in [
            (&["app", "-x", "b"][..], "   6  main   prints \"['-x', 'b'] 5\""),
            (&["runner", "test_it.py"], "   4  waits  suspended, waits for 60 s"),
        ] {
            let (well, said) = run(module);
            assert!(well && said.contains(holds), "no `{holds}` in\n{said}");
        }
        let (well, said) = run(&["nowhere"]);
        assert!(!well && said.contains("there is no module nowhere"), "{said}");
    });
}

#[test]
fn the_package_alone_ends_as_the_script_does() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("test.py");
    std::fs::write(
        &script,
        "import asyncio\nasync def main():\n    raise SystemExit(3)\nasyncio.run(main())\n",
    )
    .unwrap();
    each(|python| {
        assert_eq!(run(python, &script, &[]).status.code(), Some(3));
        let gone = run(python, &folder.path().join("gone.py"), &[]);
        assert!(String::from_utf8_lossy(&gone.stderr).contains("there is no such file"));
        assert!(!gone.status.success() && gone.stdout.is_empty());
    });
}

/// What there is of a kind, as serde lists it when it is given `json` of none.
fn kinds<T: DeserializeOwned>(json: &str) -> Vec<String> {
    let Err(error) = serde_json::from_str::<T>(json) else { panic!("{json} is one") };
    error.to_string().split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

/// A wait of each kind, and of each that it may have.
fn every_wait() -> Vec<Vec<Value>> {
    let each = |kind: &str, field: &str, all: Vec<String>| -> Vec<Value> {
        all.iter().map(|one| json!({ "for": kind, field: one })).collect()
    };
    let mut all: Vec<Value> = Vec::new();
    for kind in kinds::<On>(r#"{"for":"?"}"#) {
        let plain = || json!({ "for": kind });
        all.extend(match &*kind {
            "time" => vec![plain(), json!({ "for": kind, "ns": 1_234_567_890_u64 })],
            "tasks" => vec![
                json!({ "for": kind, "of": [] }),
                json!({ "for": kind, "of": [1, 2], "all": true }),
                json!({ "for": kind, "of": [1, 2, 5, 9], "calls": 1 }),
                json!({ "for": kind, "of": [7], "calls": 2 }),
            ],
            "blocking" | "permit" => vec![plain(), json!({ "for": kind, "n": 3 })],
            "lock" => each(&kind, "mode", kinds::<Mode>(r#""?""#)),
            "room" => each(&kind, "of", kinds::<Room>(r#""?""#)),
            "close" => each(&kind, "of", kinds::<Close>(r#""?""#)),
            "io" => each(&kind, "what", kinds::<Io>(r#""?""#)),
            "value" => vec![plain(), json!({ "for": kind, "fits": true })],
            "all" | "any" => {
                let parts = [json!({ "for": "event" }), json!({ "for": "time", "ns": 5 })];
                vec![json!({ "for": kind, "on": [parts[0], parts[0], parts[1]] })]
            }
            "other" => vec![json!({ "for": kind, "text": "the moon" })],
            _ => vec![plain()],
        });
    }
    let several = vec![all[0].clone(), all[1].clone(), all[0].clone(), all[2].clone()];
    all.into_iter().map(|one| vec![one]).chain([several]).collect()
}

/// It has words of its own, since it runs without Rust: they are to be the same.
#[test]
fn the_package_alone_has_the_words_that_everybody_has() {
    const SAYS: &str = "
import json, sys
from context_switch import names, words
asked = json.loads(sys.argv[1])
called = names.Names(asked['bases'])
tasks = range(len(asked['bases']) + 1)
print(json.dumps([
    [called.of(task) for task in tasks],
    [called.said(task) for task in tasks],
    [words.time(us) for us in asked['times']],
    [words.waits(on, called) for on in asked['waits']],
    ['it ' + words.ended(*how) for how in asked['ends']],
]))
";
    let bases = [
        "main",
        "foo",
        "foo",
        "foo #1",
        "",
        "a and b",
        "the lock, to read",
        "tab\there",
        " x",
        "\u{202e}cba",
        "end.",
        " ",
        "task 4",
        "a and b",
        "\u{7f}",
        "ü ✓",
    ];
    let names = Names::new(bases);
    let tasks = 0..=u32::try_from(bases.len()).unwrap();
    let digits = [0, 1, 9, 15, 999, 1_000, 1_234, 99_999, 999_999, 1_000_000, 1_499_999];
    let times: Vec<u64> = digits.iter().flat_map(|us| [*us, us * 1_001, us * 77_777]).collect();
    let every = every_wait();
    let ends: [(&str, i32, Ending); 5] = [
        ("stuck", 1, Ending::Stuck),
        ("flooded", 1, Ending::Flooded),
        ("cut", -9, Ending::Signal(9)),
        ("cut", 3, Ending::Exit(3)),
        ("exit", 0, Ending::Exit(0)),
    ];
    let read = |on: &Vec<Value>| -> Vec<On> {
        on.iter().map(|on| serde_json::from_value(on.clone()).unwrap()).collect()
    };
    let expected = json!([
        tasks.clone().map(|task| names.of(task)).collect::<Vec<_>>(),
        tasks.map(|task| names.said(task)).collect::<Vec<_>>(),
        times.iter().map(|us| duration(*us)).collect::<Vec<_>>(),
        every.iter().map(|on| waits(&read(on), &names, Language::Python)).collect::<Vec<_>>(),
        ends.clone().map(|(.., ending)| format!("it {}", ending.words(None))),
    ]);
    let ends = ends.map(|(facts, status, _)| json!([facts, status]));
    let asked = json!({ "bases": bases, "times": times, "waits": every, "ends": ends }).to_string();
    each(|python| {
        let output = with_package(python).args(["-c", SAYS, &asked]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(said, expected);
    });
}
