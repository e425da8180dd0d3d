"""Needs Python 3.11. A group is to end as one of its tasks fails; another one does not."""
import asyncio


async def fails():
    await asyncio.sleep(0.1)
    raise RuntimeError("no")


async def poll():
    while True:
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            print("once more")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(fails())
        group.create_task(poll())


asyncio.run(main())
