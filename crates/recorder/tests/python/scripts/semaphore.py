"""Three tasks and two permits."""
import asyncio


async def work(name, permits):
    async with permits:
        print(name)
        await asyncio.sleep(0.05)


async def main():
    permits = asyncio.Semaphore(2)
    await asyncio.gather(*(work(name, permits) for name in "abc"))


asyncio.run(main())
