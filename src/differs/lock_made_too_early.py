"""A lock that is made before there is a loop."""
import asyncio

lock = asyncio.Lock()


async def use(name):
    async with lock:
        print(name, "has it")
        await asyncio.sleep(0.1)


async def main():
    for result in await asyncio.gather(use("a"), use("b"), return_exceptions=True):
        if result:
            print(type(result).__name__)


asyncio.run(main())
