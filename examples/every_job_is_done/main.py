"""Two workers take jobs from a queue, until all of them are done."""
# ANCHOR: listing
import asyncio


async def main():
    jobs = asyncio.Queue()
    for job in range(1, 5):
        jobs.put_nowait(job)
    workers = [
        asyncio.create_task(work("foo", jobs)),
        asyncio.create_task(work("bar", jobs)),
    ]
    await jobs.join()
    print("every job is done")
    for worker in workers:
        worker.cancel()


async def work(name, jobs):
    while True:
        seconds = await jobs.get()
        await asyncio.sleep(seconds)
        print(f"{name}: {seconds} s of work done")
        jobs.task_done()


asyncio.run(main())
# ANCHOR_END: listing
