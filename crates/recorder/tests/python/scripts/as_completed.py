"""Results in the order in which they come."""
import asyncio


async def nap(n):
    await asyncio.sleep(n / 20)
    return n


async def main():
    for next_one in asyncio.as_completed([nap(3), nap(1), nap(2)]):
        print(await next_one)


asyncio.run(main())
