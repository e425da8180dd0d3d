import asyncio
import time


def report():
    time.sleep(3)


async def main():
    for _ in range(2):
        try:
            await asyncio.wait_for(asyncio.to_thread(report), 1)
        except asyncio.TimeoutError:
            print("given up")
    await asyncio.sleep(0.5)


asyncio.run(main())
