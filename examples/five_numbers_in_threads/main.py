"""Five blocking calls go to the runtime's pool of threads, and are awaited all
together.
"""
# ANCHOR: listing
import asyncio
import time


async def main():
    print("start")
    calls = []
    for i in range(5):
        calls.append(asyncio.to_thread(print_number, i))
    await asyncio.gather(*calls)


def print_number(i):
    time.sleep(1 + 0.2 * i)
    print(f"Number: {i}")


asyncio.run(main())
# ANCHOR_END: listing
