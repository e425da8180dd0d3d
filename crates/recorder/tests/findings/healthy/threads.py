"""More calls than threads, and a timeout, as they should be."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def work(stop, s):
    while s > 0 and not stop.is_set():
        time.sleep(0.005)
        s -= 0.005


async def main():
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(2)
    never = threading.Event()
    await asyncio.gather(*(loop.run_in_executor(pool, work, never, 0.1) for _ in range(6)))

    # A call that is told to stop stops.
    stop = threading.Event()
    call = loop.run_in_executor(pool, work, stop, 10)
    try:
        await asyncio.wait_for(asyncio.shield(call), 0.1)
    except asyncio.TimeoutError:
        stop.set()
    await call

    # So does one that is cancelled, right after.
    stop = threading.Event()
    call = loop.run_in_executor(pool, work, stop, 10)
    loop.call_later(0.1, stop.set)
    try:
        await asyncio.wait_for(call, 0.098)
    except asyncio.TimeoutError:
        print("given up")
    await asyncio.wait_for(asyncio.to_thread(work, never, 0.1), 1)


asyncio.run(main())
