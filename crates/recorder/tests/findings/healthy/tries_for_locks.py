"""Two tasks try for each other's locks, and give up in time."""
import asyncio


async def both(own, other, seconds):
    async with own:
        await asyncio.sleep(0.1)
        try:
            await asyncio.wait_for(other.acquire(), seconds)
        except asyncio.TimeoutError:
            return "gave up"
        other.release()
        return "had both"


async def main():
    one, two = asyncio.Lock(), asyncio.Lock()
    print(await asyncio.gather(both(one, two, 1), both(two, one, 2)))


asyncio.run(main())
