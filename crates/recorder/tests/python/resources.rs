//! What tasks wait for that is no task: its number and its name, who has it.

use recording::event::What;
use recording::on::Held;
use recording::session::Ending;

use crate::support::{Recorded, each, each_from, show};

/// The resources of a run, in the order of their numbers: `lock door 4`.
fn resources(recorded: &Recorded) -> Vec<String> {
    let events = recorded.recording.events.iter();
    let told = events.filter_map(|event| match &event.what {
        What::Resource { resource, kind, name, line } => {
            let name = name.as_deref().unwrap_or("-");
            let line = line.map_or("-".into(), |line| line.to_string());
            Some((*resource, format!("{kind:?} {name} {line}").to_lowercase()))
        }
        _ => None,
    });
    let told: Vec<_> = told.collect();
    assert!(told.iter().enumerate().all(|(i, (number, _))| i == *number as usize), "{told:?}");
    told.into_iter().map(|(_, said)| said).collect()
}

/// Who has what others wait for, each time that it is told: `1: main 5, foo #1 7`.
fn holders(recorded: &Recorded) -> Vec<String> {
    let names = recorded.recording.names();
    let said = |held: &Held| {
        let who = held.task.map_or("nobody known", |task| names.of(task));
        let line = held.line.map_or("-".into(), |line| line.to_string());
        let loose = if held.loose { " loose" } else { "" };
        format!("{who} {line}{loose}")
    };
    let all = |held: &[Held]| held.iter().map(said).collect::<Vec<_>>().join(", ");
    let mut told = Vec::new();
    for event in &recorded.recording.events {
        match &event.what {
            What::Pending { task, on: Some(on), .. } => {
                for on in on.iter().filter(|on| on.resource().is_some()) {
                    told.push(format!("{} waits: {}", names.of(*task), all(on.held())));
                }
            }
            What::Hold { held, .. } => told.push(format!("then: {}", all(held))),
            _ => {}
        }
    }
    told
}

#[test]
fn each_is_called_what_it_was_made_for() {
    let script = "import asyncio
class Shop:
    def __init__(self, limit):
        self._limit = limit
        self.orders: asyncio.Queue = asyncio.Queue(maxsize=1)
        self.state = {'open': asyncio.Event(), 'closed': None}
async def waits(awaitable):
    await awaitable
async def notified(condition):
    async with condition:
        await condition.wait()
async def main():
    shop = Shop(limit=asyncio.Semaphore(0))
    forks = [asyncio.Lock() for _ in range(2)]
    first, second = asyncio.Event(), asyncio.Event()
    keys = {}
    keys.setdefault('a', asyncio.Lock())
    keys['b'] = asyncio.Lock()
    bell = asyncio.Condition()
    plain = []
    plain += [make()]
    for lock in [*forks, *keys.values(), *plain]:
        await lock.acquire()
    ways = [
        shop._limit.acquire(), shop.orders.get(), shop.state['open'].wait(),
        forks[1].acquire(), first.wait(), second.wait(),
        keys['a'].acquire(), keys['b'].acquire(), notified(bell), plain[0].acquire(),
    ]
    await asyncio.wait([asyncio.ensure_future(waits(way)) for way in ways], timeout=1)
def make():
    return asyncio.Lock()
asyncio.run(main())
";
    each(|python| {
        let recorded = python.record(script);
        assert_eq!(recorded.ending, Ending::Exit(0), "{}", recorded.stderr);
        // Until 3.10 nothing says which of several calls in a line it is.
        let (first, second) = if python.minor < 11 { ("-", "-") } else { ("first", "second") };
        assert_eq!(
            resources(&recorded),
            [
                "semaphore limit 13",
                "queue orders 5",
                "event state 6",
                "lock forks 14",
                &format!("event {first} 15"),
                &format!("event {second} 15"),
                "lock keys 17",
                "lock keys 18",
                "condition bell 19",
                "lock - 31",
            ],
            "3.{}\n{}",
            python.minor,
            show(&recorded.recording)
        );
    });
}

#[test]
fn a_barrier_has_a_name_too() {
    let script = "import asyncio
async def main():
    start = asyncio.Barrier(2)
    await asyncio.gather(start.wait(), start.wait())
asyncio.run(main())
";
    each_from(11, |python| {
        assert_eq!(resources(&python.record(script)), ["barrier start 3"]);
    });
}

#[test]
fn who_has_a_lock_is_told_whenever_that_changes() {
    let script = "import asyncio
async def work(lock, s):
    async with lock:
        await asyncio.sleep(s)
async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*(work(lock, s) for s in (1, 2, 3)))
asyncio.run(main())
";
    each(|python| {
        assert_eq!(
            holders(&python.record(script)),
            ["work #2 waits: work #1 3", "work #3 waits: work #1 3", "then: ", "then: work #2 3",]
        );
    });
}

#[test]
fn who_has_permits_is_told_until_a_stranger_gives_one_back() {
    let script = "import asyncio
async def work(limit, s):
    async with limit:
        await asyncio.sleep(s)
async def main():
    limit = asyncio.Semaphore(2)
    tasks = [asyncio.create_task(work(limit, s)) for s in (1, 3, 5, 7, 9)]
    await asyncio.sleep(2)
    limit.release()
    await asyncio.wait(tasks)
asyncio.run(main())
";
    each(|python| {
        let recorded = python.record(script);
        let told = holders(&recorded);
        assert_eq!(
            told[..5],
            [
                "work #3 waits: work #1 3, work #2 3",
                "work #4 waits: work #1 3, work #2 3",
                "work #5 waits: work #1 3, work #2 3",
                "then: work #2 3",
                "then: work #2 3, work #3 3",
            ],
            "3.{}\n{}",
            python.minor,
            show(&recorded.recording)
        );
        // Of main nothing is known that it could give back.
        assert!(told[5..].iter().all(|held| !held.contains("work") || held.contains("loose")));
        assert!(told[5..].iter().any(|held| held.contains("loose")));
    });
}

#[test]
fn a_class_of_ones_own_is_made_as_before() {
    let script = "import asyncio
class Base:
    def __new__(cls, *args):
        made = super().__new__(cls)
        made.tag = args
        return made
class Jobs(asyncio.Queue, Base):
    pass
class Gate(asyncio.Lock):
    __slots__ = ('name',)
    def __init__(self, name):
        super().__init__()
        self.name = name
async def main():
    jobs, gate = Jobs(3), Gate('north')
    print(jobs.tag, jobs.maxsize, gate.name)
    async with gate:
        print(await asyncio.wait_for(asyncio.wait([asyncio.ensure_future(jobs.get())], timeout=1), 2))
asyncio.run(main())
";
    each(|python| {
        let recorded = python.record(script);
        assert_eq!(recorded.stdout()[0], "(3,) 3 north", "{}", recorded.stderr);
    });
}
