"""A sender that has no time to wait for room drops what it was sending."""
# ANCHOR: listing
import asyncio


async def main():
    queue = asyncio.Queue(1)
    consumer = asyncio.create_task(consume(queue))
    for value in ["one", "two", "three"]:
        try:
            await asyncio.wait_for(queue.put(value), 0.6)
        except asyncio.TimeoutError:
            print("no room")
    await queue.put(None)
    await consumer


async def consume(queue):
    await asyncio.sleep(1)
    while (value := await queue.get()) is not None:
        print("got", value)


asyncio.run(main())
# ANCHOR_END: listing
