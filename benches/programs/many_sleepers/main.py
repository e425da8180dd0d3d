"""Spawns as many tasks as you say and lets each sleep for a second."""
# ANCHOR: listing
import asyncio
import sys


async def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10

    tasks = []
    for _ in range(n):
        tasks.append(asyncio.create_task(asyncio.sleep(1)))
    for task in tasks:
        await task
    print(n, "tasks have slept")


asyncio.run(main())
# ANCHOR_END: listing
