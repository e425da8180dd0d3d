"""A task is cancelled in the turn in which its group fails, and hears nothing."""
import asyncio


async def fail():
    await asyncio.sleep(0.1)
    raise ValueError("no")


async def work():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            await asyncio.sleep(1)
    except ExceptionGroup:
        print("failed")
    await asyncio.sleep(0)
    await asyncio.sleep(5)


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.wait([task], timeout=1)
    print("cancelled:", task.done())


asyncio.run(main())
