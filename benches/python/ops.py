"""Times one operation with timeit: python3 ops.py NAME SECONDS

Prints one JSON object: {"ns": [what one operation took, in ten samples]}.
The operations are those of measure/ops, under the same names.
"""
import asyncio
import json
import os
import sys
import threading
import timeit

SAMPLES = 10
OPS = {}


def op(name):
    """Registers a function that does the operation so many times."""
    return lambda function: OPS.setdefault(name, function)


def plus_one(x):
    return x + 1


@op("call")
def call(n):
    for _ in range(n):
        plus_one(1)


@op("system call")
def system_call(n):
    for _ in range(n):
        os.getppid()


@op("thread, start and join")
def start_and_join(n):
    for _ in range(n):
        thread = threading.Thread(target=lambda: None)
        thread.start()
        thread.join()


@op("thread switch, condvar")
def condvar(n):
    changed = threading.Condition()
    turn = 0

    def play(mine):
        nonlocal turn
        for _ in range((n + 1) // 2):
            with changed:
                changed.wait_for(lambda: turn % 2 == mine)
                turn += 1
                changed.notify()

    beside(lambda: play(1), lambda: play(0))


@op("thread switch, pipe")
def pipe(n):
    here_out, there_in = os.pipe()
    there_out, here_in = os.pipe()

    def answer():
        for _ in range((n + 1) // 2):
            os.write(here_in, os.read(here_out, 1))

    def ask():
        for _ in range((n + 1) // 2):
            os.write(there_in, b"1")
            os.read(there_out, 1)

    beside(answer, ask)
    for end in (here_out, there_in, there_out, here_in):
        os.close(end)


def beside(other, this):
    thread = threading.Thread(target=other)
    thread.start()
    this()
    thread.join()


@op("runtime, start and end")
def runtimes(n):
    async def nothing():
        pass

    for _ in range(n):
        asyncio.run(nothing())


@op("await, nothing to wait for")
async def ready(n):
    async def function():
        return plus_one(1)

    for _ in range(n):
        await function()


@op("yield")
async def yields(n):
    for _ in range(n):
        await asyncio.sleep(0)


@op("spawn and await")
async def spawns(n):
    async def function():
        return plus_one(1)

    for _ in range(n):
        await asyncio.create_task(function())


@op("wake another task")
async def wakes(n):
    """Two tasks wake each other in turn; one operation is one waking."""
    ping, pong = asyncio.Event(), asyncio.Event()

    async def answer():
        for _ in range((n + 1) // 2):
            await ping.wait()
            ping.clear()
            pong.set()

    other = asyncio.create_task(answer())
    for _ in range((n + 1) // 2):
        ping.set()
        await pong.wait()
        pong.clear()
    await other


@op("channel hop")
async def hops(n):
    there, here = asyncio.Queue(1), asyncio.Queue(1)

    async def answer():
        for _ in range((n + 1) // 2):
            await here.put(await there.get())

    other = asyncio.create_task(answer())
    for i in range((n + 1) // 2):
        await there.put(i)
        await here.get()
    await other


@op("channel hop, two threads")
async def hops_across(n):
    """Between two event loops, each on a thread of its own."""
    loop, other_loop = asyncio.get_running_loop(), asyncio.new_event_loop()
    there, here = asyncio.Queue(), asyncio.Queue()

    async def answer():
        for _ in range((n + 1) // 2):
            loop.call_soon_threadsafe(here.put_nowait, await there.get())

    thread = threading.Thread(target=other_loop.run_until_complete, args=(answer(),))
    thread.start()
    for i in range((n + 1) // 2):
        other_loop.call_soon_threadsafe(there.put_nowait, i)
        await here.get()
    thread.join()
    other_loop.close()


@op("lock, free")
async def lock_free(n):
    lock = asyncio.Lock()
    for _ in range(n):
        async with lock:
            pass


@op("lock, wanted by two")
async def lock_wanted(n):
    lock = asyncio.Lock()

    async def turns():
        for _ in range((n + 1) // 2):
            async with lock:
                await asyncio.sleep(0)

    await asyncio.gather(turns(), turns())


@op("first of two")
async def first_of_two(n):
    async def function():
        pass

    never = asyncio.get_running_loop().create_future()
    for _ in range(n):
        ready = asyncio.create_task(function())
        await asyncio.wait((never, ready), return_when=asyncio.FIRST_COMPLETED)


@op("cancel")
async def cancels(n):
    async def forever():
        await asyncio.get_running_loop().create_future()

    for _ in range(n):
        task = asyncio.create_task(forever())
        await asyncio.sleep(0)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            pass


@op("blocking call elsewhere")
async def blocking(n):
    for _ in range(n):
        # asyncio.to_thread is newer than Python 3.8.
        await asyncio.get_running_loop().run_in_executor(None, int)


def main():
    function, seconds = OPS[sys.argv[1]], float(sys.argv[2])
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)

    def run(n):
        if asyncio.iscoroutinefunction(function):
            loop.run_until_complete(function(n))
        else:
            function(n)

    n = 1
    while (took := timeit.timeit(lambda: run(n), number=1)) < seconds / SAMPLES:
        n *= 2 if took > seconds / SAMPLES / 10 else 10
    samples = timeit.repeat(lambda: run(n), number=1, repeat=SAMPLES)
    loop.run_until_complete(loop.shutdown_default_executor())
    print(json.dumps({"ns": [sample / n * 1e9 for sample in samples]}))


main()
