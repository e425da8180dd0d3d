"""Five pages are fetched by two workers, who send back what they have got."""
# ANCHOR: listing
import asyncio

JOBS = [("index", 2), ("users", 1), ("prices", 3), ("orders", 1), ("news", 2)]


async def main():
    queue, results = asyncio.Queue(), asyncio.Queue()
    for job in JOBS:
        queue.put_nowait(job)
    workers = [asyncio.create_task(work(queue, results)) for _ in range(2)]
    total = 0
    for _ in JOBS:
        total += await results.get()
    print("in all:", total)
    for worker in workers:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)


async def work(queue, results):
    while True:
        name, seconds = await queue.get()
        await results.put(await fetch(name, seconds))


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    print(name)
    return 100 * seconds


asyncio.run(main())
# ANCHOR_END: listing
