"""An asynchronous generator walked to its end, and one left in the middle."""
import asyncio


async def count(n):
    try:
        for i in range(n):
            await asyncio.sleep(0.05)
            yield i
    finally:
        await asyncio.sleep(0.01)
        print("closed")


async def main():
    async for i in count(2):
        print(i)
    print([i async for i in count(2)])
    rest = count(3)
    async for i in rest:
        print("first", i)
        break


asyncio.run(main())
