"""Two workers take jobs from one queue, each the next one that is there."""
# ANCHOR: listing
import asyncio


async def main():
    jobs = asyncio.Queue()
    for seconds in [4, 1, 2, 2]:
        jobs.put_nowait(seconds)
    await asyncio.gather(worker("A", jobs), worker("B", jobs))


async def worker(name, jobs):
    while not jobs.empty():
        seconds = jobs.get_nowait()
        print(f"{name} works for {seconds} s")
        await asyncio.sleep(seconds)
    print(f"{name} is done")


asyncio.run(main())
# ANCHOR_END: listing
