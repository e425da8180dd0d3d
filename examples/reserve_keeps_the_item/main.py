"""A sender asks for room first, and still has its value when there is none."""
# ANCHOR: listing
import asyncio


async def main():
    queue = asyncio.Queue(1)
    consumer = asyncio.create_task(consume(queue))
    for value in ["one", "two", "three"]:
        while True:
            try:
                await asyncio.wait_for(queue.put(value), 0.6)
                break
            except asyncio.TimeoutError:
                print("no room for", value)
    await queue.put(None)
    await consumer


async def consume(queue):
    await asyncio.sleep(1)
    while (value := await queue.get()) is not None:
        print("got", value)


asyncio.run(main())
# ANCHOR_END: listing
