"""Two tasks do 0.3 s of work each second: one sleeps in between, one keeps to an
interval.
"""
# ANCHOR: listing
import asyncio


async def main():
    await asyncio.gather(sleeping(), keeping())


async def sleeping():
    for i in range(3):
        print(f"sleeping {i}")
        await work()
        await asyncio.sleep(1)


async def keeping():
    loop = asyncio.get_running_loop()
    start = loop.time()
    for i in range(3):
        await asyncio.sleep(start + i - loop.time())
        print(f"keeping {i}")
        await work()


async def work():
    await asyncio.sleep(0.3)


asyncio.run(main())
# ANCHOR_END: listing
