"""A task panics while `main` sleeps, and `main` awaits it afterwards."""
# ANCHOR: listing
import asyncio


async def main():
    print("Hello")
    task = asyncio.create_task(foo())
    await asyncio.sleep(2)
    print("World")
    try:
        await task
    except ValueError:
        print("foo failed")


async def foo():
    print("foo")
    await asyncio.sleep(1)
    raise ValueError("boom")


asyncio.run(main())
# ANCHOR_END: listing
