"""Calls, awaits, yields and creates tasks 100,000 times, and says what one took."""
# ANCHOR: listing
import asyncio
import time

TIMES = 100_000


async def main():
    start = time.perf_counter()
    for n in range(TIMES):
        call(n)
    print(f"call                  {cost(start):.0f} ns")

    start = time.perf_counter()
    for n in range(TIMES):
        await ready(n)
    print(f"await                 {cost(start):.0f} ns")

    start = time.perf_counter()
    for _ in range(TIMES):
        await asyncio.sleep(0)
    print(f"sleep(0)              {cost(start):.0f} ns")

    start = time.perf_counter()
    for n in range(TIMES):
        await asyncio.create_task(ready(n))
    print(f"create_task and await {cost(start):.0f} ns")


def cost(start):
    return (time.perf_counter() - start) / TIMES * 1e9


def call(n):
    return n + 1


async def ready(n):
    """Awaiting it never suspends."""
    return call(n)


asyncio.run(main())
# ANCHOR_END: listing
