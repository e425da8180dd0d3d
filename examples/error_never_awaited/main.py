"""A task returns an error, and nobody ever awaits it."""
# ANCHOR: listing
import asyncio


async def main():
    print("Hello")
    asyncio.create_task(foo())
    await asyncio.sleep(2)
    print("World")


async def foo():
    print("foo")
    await asyncio.sleep(1)
    raise ValueError("boom")


asyncio.run(main())
# ANCHOR_END: listing
