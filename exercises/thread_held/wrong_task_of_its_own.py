import asyncio
import time


async def main():
    task = asyncio.create_task(report())
    await clock()
    await task


async def clock():
    for _ in range(3):
        print("tick")
        await asyncio.sleep(1)


async def report():
    """It takes a second and a half."""
    time.sleep(1.5)
    print("the report is there")


asyncio.run(main())
