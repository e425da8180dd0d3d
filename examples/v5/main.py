"""`main` sleeps for a second, its task for ten, and nobody awaits the task."""
# ANCHOR: listing
import asyncio


async def main():
    print("Hello")
    task = asyncio.create_task(foo())
    await asyncio.sleep(1)
    print("World")


async def foo():
    print("foo")
    await asyncio.sleep(10)
    print("bar")


asyncio.run(main())
# ANCHOR_END: listing
