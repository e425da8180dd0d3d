"""Each exception of tasks that were gathered is asked for."""
import asyncio


async def load(page, seconds):
    await asyncio.sleep(seconds)
    raise OSError(page)


async def main():
    loads = [asyncio.create_task(load("page", n / 10)) for n in range(3)]
    try:
        await asyncio.gather(*loads)
    except OSError:
        await asyncio.wait(loads)
    print([task.exception() for task in loads])
    try:
        await asyncio.wait_for(asyncio.gather(asyncio.sleep(1), asyncio.sleep(2)), 0.1)
    except asyncio.TimeoutError:
        print("too late")


asyncio.run(main())
