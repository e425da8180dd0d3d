"""Timers for one and the same moment: of four callbacks, and of four tasks."""
import asyncio
import sys


async def until(name, when):
    try:
        async with asyncio.timeout_at(when):
            await asyncio.sleep(1)
    except TimeoutError:
        print("until", name)


async def main():
    loop = asyncio.get_running_loop()
    when = loop.time() + 0.02
    for name in "ABCD":
        loop.call_at(when, print, "at", name)
    await asyncio.sleep(0.05)
    if sys.version_info >= (3, 11):
        when = loop.time() + 0.02
        await asyncio.gather(*(until(name, when) for name in "ABCD"))


asyncio.run(main())
