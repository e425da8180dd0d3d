"""Two tasks and one lock."""
import asyncio


async def work(name, lock):
    async with lock:
        print(name, "in")
        await asyncio.sleep(0.05)
        print(name, "out")


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(work("a", lock), work("b", lock))


asyncio.run(main())
