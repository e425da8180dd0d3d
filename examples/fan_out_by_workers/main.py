"""Five fetches by two workers, who take them out of one queue."""
# ANCHOR: listing
import asyncio


async def main():
    queue = asyncio.Queue(1)
    workers = [
        asyncio.create_task(work("first", queue)),
        asyncio.create_task(work("second", queue)),
    ]
    for seconds in [4, 1, 1, 3, 2]:
        await queue.put(seconds)
    for _ in workers:
        await queue.put(None)
    for worker in asyncio.as_completed(workers):
        print(await worker, "is through")


async def work(name, queue):
    while (seconds := await queue.get()) is not None:
        print(name, "takes", seconds, "s")
        await asyncio.sleep(seconds)
    return name


asyncio.run(main())
# ANCHOR_END: listing
