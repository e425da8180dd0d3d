"""A task prints every 100 ms, and another one holds the thread for 320 ms."""
# ANCHOR: listing
import asyncio
import time


async def main():
    task = asyncio.create_task(pulse())
    await asyncio.create_task(shrink())
    await asyncio.sleep(0.15)


async def pulse():
    while True:
        print("pulse")
        await asyncio.sleep(0.1)


async def shrink():
    await asyncio.sleep(0.15)
    print("shrinking the picture")
    time.sleep(0.32)
    print("shrunk")


asyncio.run(main())
# ANCHOR_END: listing
