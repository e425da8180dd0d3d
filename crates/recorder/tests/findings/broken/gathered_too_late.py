"""Of two that fail `gather` tells of the first."""
import asyncio


async def load(page, seconds):
    await asyncio.sleep(seconds)
    raise OSError(page)


async def main():
    try:
        await asyncio.gather(load("first", 0.1), load("second", 0.2))
    except OSError as error:
        print(error)
    await asyncio.sleep(1)


asyncio.run(main())
