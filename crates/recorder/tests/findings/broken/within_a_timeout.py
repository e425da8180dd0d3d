"""Needs Python 3.11. What stands within a timeout catches its cancellation."""
import asyncio


async def main():
    async with asyncio.timeout(0.5):
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            await asyncio.sleep(0.2)
            print("all is well")


asyncio.run(main())
