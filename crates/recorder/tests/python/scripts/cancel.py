"""Cancellation that is let through, delayed, swallowed, and before the start."""
import asyncio


async def lets_through():
    try:
        await asyncio.sleep(1)
    finally:
        print("through")


async def delays():
    try:
        await asyncio.sleep(1)
    finally:
        await asyncio.sleep(0.05)
        print("delayed")


async def swallows():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("swallowed")
    await asyncio.sleep(0.02)
    return "went on"


async def never_starts():
    print("never printed")


async def main():
    tasks = [asyncio.create_task(work()) for work in (lets_through, delays, swallows)]
    await asyncio.sleep(0.05)
    for task in tasks:
        task.cancel()
    unborn = asyncio.create_task(never_starts())
    unborn.cancel()
    for result in await asyncio.gather(*tasks, unborn, return_exceptions=True):
        print(type(result).__name__)


asyncio.run(main())
