import asyncio


async def work(jobs):
    while True:
        print("job", await jobs.get())
        await asyncio.sleep(0.01)


async def plan(jobs):
    for job in range(9):
        await jobs.put(job)


async def main():
    jobs = asyncio.Queue(2)
    worker = asyncio.create_task(work(jobs))
    planning = asyncio.create_task(plan(jobs))
    await asyncio.sleep(0.025)
    worker.cancel()
    await planning


asyncio.run(main())
