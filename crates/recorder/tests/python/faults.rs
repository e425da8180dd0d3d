//! Scripts that would harm a recorder that sits in their process, and a
//! recorder that cannot write.

use std::ffi::OsStr;

use anyhow::Result;
use recorder::program::{Options, Program};
use recorder::python;
use recording::session::{Ending, Session};

use crate::support::{Python, each};

#[test]
fn a_script_that_closes_all_files_has_its_own_for_itself() {
    each(|python| {
        for last in [64, 1 << 20] {
            let recorded = python.record(&format!(
                "import asyncio, os, tempfile
with tempfile.TemporaryDirectory() as folder:
    os.closerange(3, {last})
    files = [open(os.path.join(folder, str(n)), 'w') for n in range(4)]
    async def main():
        await asyncio.create_task(asyncio.sleep(0.1))
        files[0].write('mine')
        files[0].flush()
        print([os.path.getsize(file.name) for file in files])
    asyncio.run(main())
    for fd in range(1000, 1010):
        os.dup2(files[1].fileno(), fd)
    print('on')
    print(os.path.getsize(files[1].name))
"
            ));
            assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
            let printed = ["100 [4, 0, 0, 0]", "100 on", "100 0"];
            assert_eq!(recorded.prints(), printed, "3.{}", python.minor);
        }
    });
}

fn start(python: &OsStr, script: &str) -> Result<Session> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script.py");
    std::fs::write(&path, script).unwrap();
    let program = Program::at(&path).unwrap();
    python::start_with(python, &program, &Options::default())
}

/// Why a script cannot be recorded.
fn refused(python: &OsStr, script: &str) -> String {
    format!("{:#}", start(python, script).err().expect("it is refused"))
}

#[test]
fn a_run_of_which_an_event_is_lost_is_refused() {
    each(|Python { command, .. }| {
        // As on a full disk, no file may grow.
        let script = "import resource
print('before')
resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
try:
    print('after')
except OSError:
    pass
";
        let error = refused(command.as_ref(), script);
        assert!(error.contains("the end of its recording is missing"), "{error}");
        assert!(error.contains("File too large"), "{error}");
    });
}

#[test]
fn a_script_that_ends_past_the_recorder_is_refused() {
    each(|Python { command, .. }| {
        let script = "import ctypes\nctypes.CDLL(None)._exit(0)\n";
        let error = refused(command.as_ref(), script);
        assert!(error.contains("the end of its recording is missing"), "{error}");
    });
}

#[test]
fn a_script_that_becomes_another_program_says_so() {
    each(|Python { command, .. }| {
        let script = "import os
try:
    os.execv('/no/such/program', ['x'])
except FileNotFoundError:
    print('not there')
os.execvp('true', ['true'])
";
        let session = start(command.as_ref(), script).unwrap();
        assert_eq!(session.ending, Ending::Exit(0), "{}", session.stderr);
        let notes = &session.header.notes;
        assert!(notes.iter().any(|note| note.contains("takes its place")), "{notes:?}");
        let events = session.into_recording().unwrap().events;
        assert!(format!("{events:?}").contains("not there"), "{events:?}");
    });
}

#[test]
fn what_is_no_python_is_named_with_what_to_do() {
    let error = refused("/bin/false".as_ref(), "");
    assert!(error.contains("/bin/false ended with status 1"), "{error}");
    assert!(error.contains("is it Python 3.9 or later?"), "{error}");
}

#[test]
fn half_a_letter_harms_no_recording() {
    each(|python| {
        let recorded = python.record(
            r"import asyncio, os, sys, threading
half = os.fsdecode(b'ol\xe9')
async def load(name):
    raise ValueError(name)
async def main():
    tasks = [asyncio.create_task(load(half), name=half), asyncio.create_task(load('\U0001f600'))]
    print(*map(len, map(str, await asyncio.gather(*tasks, return_exceptions=True))))
    print(half, '\\udce9', file=sys.stderr)
    thread = threading.Thread(target=print, args=('there',), name=half)
    thread.start()
    thread.join()
asyncio.run(main())
",
        );
        assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
        let ends = recorded.ends();
        assert!(ends[0].ends_with(r"ol\udce9 panic: ValueError: ol\udce9"), "{ends:?}");
        assert!(ends[1].ends_with("load panic: ValueError: \u{1f600}"), "{ends:?}");
        assert_eq!(recorded.stdout(), ["3 1", "there"]);
        assert!(recorded.prints().iter().any(|text| text.ends_with(r"ol\udce9 \udce9")));
        let events = format!("{:?}", recorded.recording.events);
        assert!(events.contains(r#"thread: Some(Named("ol\\udce9"))"#), "{events}");
    });
}
