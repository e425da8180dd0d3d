"""Five tasks need a second each, and a semaphore lets two of them in at a time."""
# ANCHOR: listing
import asyncio


async def main():
    semaphore = asyncio.Semaphore(2)
    tasks = [asyncio.create_task(work(i, semaphore)) for i in range(5)]
    await asyncio.gather(*tasks)


async def work(i, semaphore):
    async with semaphore:
        print(f"{i} starts")
        await asyncio.sleep(1)
        print(f"{i} is done")


asyncio.run(main())
# ANCHOR_END: listing
