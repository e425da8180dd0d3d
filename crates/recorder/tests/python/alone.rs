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

fn command(python: &Python) -> Command {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("python");
    let mut command = Command::new(&python.command);
    command.args(["-m", "context_switch"]).env("PYTHONPATH", package);
    command.env("PYTHONDONTWRITEBYTECODE", "1");
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
