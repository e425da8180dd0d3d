"""A deadline is computed before somebody else sleeps for as long, and becomes a
timer after that.
"""
import asyncio


async def other():
    await asyncio.sleep(0.1)
    print("other")


async def main():
    loop = asyncio.get_running_loop()
    deadline = loop.time() + 0.1
    sleeping = asyncio.ensure_future(other())
    await asyncio.sleep(0.05)
    loop.call_at(deadline, print, "deadline")
    await sleeping


asyncio.run(main())
