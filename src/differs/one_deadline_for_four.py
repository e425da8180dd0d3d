"""Four timers for one and the same moment."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    when = loop.time() + 0.1
    for name in "ABCD":
        loop.call_at(when, print, name)
    await asyncio.sleep(0.2)


asyncio.run(main())
