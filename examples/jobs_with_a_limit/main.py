"""A page is missing, another is too slow, and each is told with its name."""
# ANCHOR: listing
import asyncio

JOBS = [("index", 2), ("users", 1), ("prices", 9), ("orders", 1), ("news", 2)]


async def main():
    queue, results = asyncio.Queue(), asyncio.Queue()
    for job in JOBS:
        queue.put_nowait(job)
    workers = [asyncio.create_task(work(queue, results)) for _ in range(2)]
    for _ in JOBS:
        name, result = await results.get()
        print(f"{name}: {result}")
    for worker in workers:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)


async def work(queue, results):
    while True:
        name, seconds = await queue.get()
        try:
            result = await asyncio.wait_for(fetch(name, seconds), 2.5)
        except asyncio.TimeoutError:
            result = "too slow"
        except LookupError as error:
            result = error
        await results.put((name, result))


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    if name == "orders":
        raise LookupError("no such page")
    return 100 * seconds


asyncio.run(main())
# ANCHOR_END: listing
