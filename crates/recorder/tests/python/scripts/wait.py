"""`wait` for the first, for all, and not longer than a while."""
import asyncio


async def nap(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    tasks = [asyncio.create_task(nap(n / 20)) for n in (3, 1, 6)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print([task.result() for task in done], len(pending))
    done, pending = await asyncio.wait(pending, timeout=0.15)
    print([task.result() for task in done], len(pending))
    done, pending = await asyncio.wait(pending)
    print([task.result() for task in done], len(pending))


asyncio.run(main())
