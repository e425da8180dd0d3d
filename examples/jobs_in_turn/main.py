"""Five pages are fetched, one after the other."""
# ANCHOR: listing
import asyncio

JOBS = [("index", 2), ("users", 1), ("prices", 3), ("orders", 1), ("news", 2)]


async def main():
    total = 0
    for name, seconds in JOBS:
        total += await fetch(name, seconds)
    print("in all:", total)


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    print(name)
    return 100 * seconds


asyncio.run(main())
# ANCHOR_END: listing
