"""`main` spawns a task, yields once, and returns."""
# ANCHOR: listing
import asyncio


async def main():
    print("Hello")
    task = asyncio.create_task(foo())
    await asyncio.sleep(0)
    print("World")


async def foo():
    print("foo")
    await asyncio.sleep(1)
    print("bar")


asyncio.run(main())
# ANCHOR_END: listing
