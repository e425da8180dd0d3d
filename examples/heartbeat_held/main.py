"""A task beats every half second while `main` awaits work that blocks the thread."""
# ANCHOR: listing
import asyncio
import time


async def main():
    task = asyncio.create_task(heartbeat())
    await asyncio.sleep(0.7)
    await work()
    await asyncio.sleep(0.4)


async def heartbeat():
    while True:
        print("beat")
        await asyncio.sleep(0.5)


async def work():
    print("work starts")
    time.sleep(1.6)
    print("work is done")


asyncio.run(main())
# ANCHOR_END: listing
