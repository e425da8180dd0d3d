import asyncio
import time


async def main():
    await asyncio.gather(fetch("a"), fetch("b"), fetch("c"))


async def fetch(name):
    print("fetching", name)
    time.sleep(1)
    print("fetched", name)


asyncio.run(main())
