"""A callback of the loop sleeps in earnest: whoever waits for a timer is late."""
import asyncio
import time


def refresh():
    time.sleep(0.5)


async def main():
    asyncio.get_running_loop().call_later(0.1, refresh)
    await asyncio.sleep(0.2)
    print("late")


asyncio.run(main())
