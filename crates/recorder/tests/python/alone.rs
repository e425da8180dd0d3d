//! The recorder as a package for Python alone.

use std::path::Path;
use std::process::{Command, Output};

use recording::event::Recording;

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

fn run(python: &Python, script: &Path, more: &[&str]) -> Output {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("python");
    let mut command = Command::new(&python.command);
    command.args(["-m", "context_switch"]).args(more).arg(script).env("PYTHONPATH", package);
    command.env("PYTHONDONTWRITEBYTECODE", "1").output().unwrap()
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
