"""Timeouts of its own tell a task to stop, over and over, and it deals with each."""
import asyncio


async def poll():
    for _ in range(5):
        try:
            await asyncio.wait_for(asyncio.sleep(1), 0.5)
        except asyncio.TimeoutError:
            for _ in range(4):
                await asyncio.sleep(0.1)


async def main():
    polls = asyncio.create_task(poll())
    jobs = asyncio.Queue()
    jobs.put_nowait("job")
    await jobs.get()
    jobs.task_done()
    await jobs.join()
    await polls


asyncio.run(main())
