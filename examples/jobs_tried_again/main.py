"""A fetch that fails is tried again later, and the worker does not wait for it."""
# ANCHOR: listing
import asyncio

JOBS = [("index", 2), ("users", 1), ("prices", 3)]


async def main():
    queue, results = asyncio.Queue(), asyncio.Queue()
    for name, seconds in JOBS:
        queue.put_nowait((name, seconds, 1))
    workers = [asyncio.create_task(work(queue, results)) for _ in range(2)]
    again = set()
    left = len(JOBS)
    while left:
        job, result = await results.get()
        name, seconds, attempt = job
        if result is not None:
            left -= 1
            print(f"{name}: {result}, attempt {attempt}")
        elif attempt == 3:
            left -= 1
            print(f"{name}: given up")
        else:
            print(f"{name}: again in {attempt} s")
            again.add(asyncio.create_task(later(queue, name, seconds, attempt)))
    for worker in workers:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)


async def later(queue, name, seconds, attempt):
    await asyncio.sleep(attempt)
    await queue.put((name, seconds, attempt + 1))


async def work(queue, results):
    while True:
        job = await queue.get()
        try:
            result = await fetch(*job)
        except ConnectionError:
            result = None
        await results.put((job, result))


async def fetch(name, seconds, attempt):
    await asyncio.sleep(seconds)
    if name == "users" and attempt < 3:
        raise ConnectionError("connection lost")
    return 100 * seconds


asyncio.run(main())
# ANCHOR_END: listing
