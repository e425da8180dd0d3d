"""One task takes three hundred messages that are all there; another waits for its
turn.
"""
# ANCHOR: listing
import asyncio

taken = 0


async def main():
    queue = asyncio.Queue()
    for i in range(300):
        queue.put_nowait(i)
    task1 = asyncio.create_task(take_all(queue))
    task2 = asyncio.create_task(look())
    await task1
    await task2


async def take_all(queue):
    global taken
    while not queue.empty():
        await queue.get()
        taken += 1


async def look():
    print(f"my turn after {taken} messages")


asyncio.run(main())
# ANCHOR_END: listing
