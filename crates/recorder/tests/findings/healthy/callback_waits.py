"""A callback of the loop sleeps in earnest, and nobody is late."""
import asyncio
import time


def refresh():
    time.sleep(0.5)


async def main():
    asyncio.get_running_loop().call_later(0.1, refresh)
    await asyncio.sleep(1)
    print("in time")


asyncio.run(main())
