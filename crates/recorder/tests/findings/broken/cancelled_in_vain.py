"""Workers catch what is to end them and wait for the next job, and main for their end."""
import asyncio


async def work(jobs):
    while True:
        try:
            await jobs.get()
        except asyncio.CancelledError:
            continue
        jobs.task_done()


async def main():
    jobs = asyncio.Queue()
    worker = asyncio.create_task(work(jobs))
    jobs.put_nowait("job")
    await jobs.join()
    worker.cancel()
    await asyncio.wait([worker])


asyncio.run(main())
