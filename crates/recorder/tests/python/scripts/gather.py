"""Two coroutines gathered, then a failure that leaves the other running."""
import asyncio


async def nap(word, seconds):
    await asyncio.sleep(seconds)
    print(word)
    return word


async def fail():
    await asyncio.sleep(0.05)
    raise ValueError("no")


async def main():
    print(await asyncio.gather(nap("b", 0.1), nap("a", 0.05)))
    try:
        await asyncio.gather(fail(), nap("later", 0.15))
    except ValueError as error:
        print(error)
    print(await asyncio.gather(fail(), nap("c", 0.2), return_exceptions=True))


asyncio.run(main())
