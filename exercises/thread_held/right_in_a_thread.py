import asyncio
import time


async def main():
    await asyncio.gather(clock(), report())


async def clock():
    for _ in range(3):
        print("tick")
        await asyncio.sleep(1)


async def report():
    """It takes a second and a half."""
    await asyncio.to_thread(time.sleep, 1.5)
    print("the report is there")


asyncio.run(main())
