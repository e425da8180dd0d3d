"""`asyncio.timeout` around two sleeps."""
import asyncio


async def main():
    async with asyncio.timeout(0.1):
        await asyncio.sleep(0.05)
        print("in time")
    try:
        async with asyncio.timeout(0.1):
            await asyncio.sleep(0.2)
    except TimeoutError:
        print("too late")


asyncio.run(main())
