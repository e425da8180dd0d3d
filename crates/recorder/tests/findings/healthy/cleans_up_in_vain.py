"""A worker that is told to stop tells others before it ends, and is told once more."""
import asyncio


async def work(jobs, over):
    try:
        await jobs.get()
    finally:
        await over.wait()


async def main():
    jobs, over = asyncio.Queue(), asyncio.Event()
    worker = asyncio.create_task(work(jobs, over))
    await asyncio.sleep(0)
    worker.cancel()
    await asyncio.sleep(0.1)
    over.set()
    await asyncio.wait([worker])
    print(worker.cancelled())


asyncio.run(main())
