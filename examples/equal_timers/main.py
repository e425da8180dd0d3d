"""One task sleeps twice for 5 ms, another once for 10 ms."""
# ANCHOR: listing
import asyncio


async def main():
    await asyncio.gather(write("created", 5, 5), write("shipped", 10))


async def write(name, *sleeps):
    for millis in sleeps:
        await asyncio.sleep(millis / 1000)
    print(name)


asyncio.run(main())
# ANCHOR_END: listing
