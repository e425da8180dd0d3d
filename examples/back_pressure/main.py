"""A task makes values as fast as it can, and the one that takes them needs a
second for each.
"""
# ANCHOR: listing
import asyncio


async def main():
    queue = asyncio.Queue(1)
    task1 = asyncio.create_task(produce(queue))
    task2 = asyncio.create_task(consume(queue))
    await task1
    await task2


async def produce(queue):
    for i in range(4):
        await queue.put(i)
        print(f"sent {i}")
    await queue.put(None)


async def consume(queue):
    while (i := await queue.get()) is not None:
        print(f"got {i}")
        await asyncio.sleep(1)


asyncio.run(main())
# ANCHOR_END: listing
