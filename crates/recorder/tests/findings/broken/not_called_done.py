"""A worker skips what it does not like, and does not say that it is done with it."""
import asyncio


async def work(jobs):
    while True:
        job = await jobs.get()
        if job % 2:
            continue
        await asyncio.sleep(0.1)
        jobs.task_done()


async def main():
    jobs = asyncio.Queue()
    for job in range(5):
        jobs.put_nowait(job)
    worker = asyncio.create_task(work(jobs))
    await jobs.join()
    worker.cancel()


asyncio.run(main())
