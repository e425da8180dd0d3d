"""A worker is cancelled in the turn in which its wait_for has a job, and hears nothing."""
import asyncio


async def work(jobs):
    while True:
        print(await asyncio.wait_for(jobs.get(), 10))


async def main():
    jobs = asyncio.Queue()
    task = asyncio.create_task(work(jobs))
    await asyncio.sleep(0.1)
    jobs.put_nowait("job")
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task], timeout=1)
    print("cancelled:", task.done())


asyncio.run(main())
