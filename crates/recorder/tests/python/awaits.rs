//! The chain of awaits at each suspension.

use recorder::program::Options;
use recording::event::What;

use crate::support::{Python, each, each_from};

/// The example of `python -m asyncio pstree` in asyncio's documentation.
const PSTREE: &str = r#"import asyncio

async def play(track):
    await asyncio.sleep(5)
    print(f"Finished: {track}")

async def album(name, tracks):
    async with asyncio.TaskGroup() as tg:
        for track in tracks:
            tg.create_task(play(track), name=track)

async def main():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(
          album("Sundowning", ["TNDNBTG", "Levitate"]), name="Sundowning")
        tg.create_task(
          album("TMBTE", ["DYWTYLM", "Aqua Regia"]), name="TMBTE")

if __name__ == "__main__":
    asyncio.run(main())
"#;

/// What a coroutine or generator can be awaited through, and the recorder's own.
const THROUGH: &str = r"import asyncio

async def numbers():
    await asyncio.sleep(1)
    yield 1

class Ready:
    def __await__(self):
        return (yield from asyncio.sleep(1).__await__())

async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    asyncio.get_running_loop().call_later(1, lock.release)
    async with lock:
        await Ready()
    async for number in numbers():
        print(number)

asyncio.run(main())
";

/// The chains as `main:13 TaskGroup.__aexit__ …`, a suspension a line, with the name
/// of its task; of a library's line the file alone.
fn chains(python: &Python, script: &str) -> Vec<String> {
    let options = Options { awaits: true, ..Options::default() };
    let recording = python.record_text_with(script, &options).recording;
    let names = recording.names();
    let told = recording.events.iter().filter_map(|event| {
        let What::Pending { task, awaits, .. } = &event.what else { return None };
        let [chain] = awaits.as_slice() else { panic!("{awaits:?}") };
        let stands = chain.iter().map(|one| match one.line.map(|line| (line.file(), line)) {
            Some((Some(file), _)) => format!("{} {file}", one.name),
            Some((None, line)) => format!("{}:{line}", one.name),
            None => one.name.clone(),
        });
        let stands: Vec<String> = stands.collect();
        Some(format!("{}: {}", names.of(*task), stands.join(" > ")))
    });
    told.collect()
}

#[test]
fn the_chain_is_that_of_pstree() {
    // TaskGroup is new in 3.11; its `_aexit` in 3.14.
    each_from(11, |python| {
        let exit = match python.minor {
            ..14 => "TaskGroup.__aexit__ asyncio/taskgroups.py",
            _ => {
                "TaskGroup.__aexit__ asyncio/taskgroups.py > \
                 TaskGroup._aexit asyncio/taskgroups.py"
            }
        };
        let sleep = "play:4 > sleep asyncio/tasks.py";
        let expected = [
            format!("main: main:13 > {exit}"),
            format!("Sundowning: album:8 > {exit}"),
            format!("TMBTE: album:8 > {exit}"),
            format!("TNDNBTG: {sleep}"),
            format!("Levitate: {sleep}"),
            format!("DYWTYLM: {sleep}"),
            format!("Aqua Regia: {sleep}"),
        ];
        assert_eq!(chains(python, PSTREE)[..7], expected, "3.{}", python.minor);
    });
}

#[test]
fn it_goes_through_all_that_can_be_awaited_and_not_through_the_recorder() {
    each(|python| {
        assert_eq!(
            chains(python, THROUGH),
            [
                "main: main:15 > _ContextManagerMixin.__aenter__ asyncio/locks.py > \
                 Lock.acquire asyncio/locks.py",
                "main: main:16 > Ready.__await__:9 > sleep asyncio/tasks.py",
                "main: main:17 > numbers:4 > sleep asyncio/tasks.py",
            ],
            "3.{}",
            python.minor
        );
    });
}
