"""`main` awaits an async function directly: a call that waits, and nothing more."""
# ANCHOR: listing
import asyncio


async def main():
    print("Hello")
    await foo()
    print("World")


async def foo():
    print("foo")
    await asyncio.sleep(1)


asyncio.run(main())
# ANCHOR_END: listing
