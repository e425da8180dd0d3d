"""Tasks that are cancelled within what asyncio waits with, and end."""
import asyncio


async def fail(n):
    await asyncio.sleep(n)
    raise ValueError("no")


async def waits(jobs):
    try:
        await asyncio.wait_for(jobs.get(), 10)
    finally:
        await asyncio.sleep(0.1)


async def group(n):
    async with asyncio.TaskGroup() as group:
        group.create_task(fail(n))
        try:
            await asyncio.sleep(1)
        finally:
            await asyncio.sleep(0.1)


async def group_alone(n):
    async with asyncio.TaskGroup() as group:
        group.create_task(fail(n))


async def fails(group, n):
    try:
        await group(n)
    except ExceptionGroup:
        await asyncio.sleep(0)
        await asyncio.sleep(0.1)
        print("failed")


async def main():
    tasks = [asyncio.create_task(waits(asyncio.Queue())), asyncio.create_task(group(2))]
    await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    print([task.cancelled() for task in tasks])
    await fails(group, 0.1)
    await fails(group_alone, 0.1)
    try:
        async with asyncio.timeout(0.1):
            await asyncio.wait_for(asyncio.sleep(1), 2)
    except TimeoutError:
        await asyncio.sleep(0.1)
    print("end")


asyncio.run(main())
