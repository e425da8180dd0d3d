"""One task makes a value every half second, another takes it as it comes."""
# ANCHOR: listing
import asyncio


async def main():
    queue = asyncio.Queue(10)
    task1 = asyncio.create_task(produce(queue))
    task2 = asyncio.create_task(consume(queue))
    await task1
    await task2


async def produce(queue):
    print("start")
    for i in range(3):
        await asyncio.sleep(0.5)
        await queue.put(i)
    await queue.put(None)


async def consume(queue):
    while (i := await queue.get()) is not None:
        print(f"got {i}")
    print("no more")


asyncio.run(main())
# ANCHOR_END: listing
