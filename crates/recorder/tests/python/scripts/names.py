"""What takes the place of a function is called what that is called."""

import asyncio
import inspect
import threading
import time

for function in (
    time.sleep,
    time.time,
    time.monotonic,
    time.perf_counter,
    time.strftime,
    threading.Thread.start,
    asyncio.wait,
    asyncio.shield,
    asyncio.Lock.acquire,
    asyncio.Semaphore.release,
    asyncio.Condition.notify,
):
    print(function.__module__, function.__name__, function.__qualname__)
for function in (asyncio.Queue, asyncio.Condition.notify):
    print(list(inspect.signature(function).parameters))
print(asyncio.Task.__module__, asyncio.Future.__qualname__)


async def main():
    loop = asyncio.get_running_loop()
    print(type(loop.create_future()).__name__)
    # In debug mode asyncio says so of each loop.
    print("Using selector:", type(loop._selector).__name__)


asyncio.run(main())
