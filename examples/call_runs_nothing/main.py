"""An async function is called, and awaited only later."""
# ANCHOR: listing
import asyncio


async def main():
    coroutine = foo()
    print("called")
    await coroutine


async def foo():
    print("foo")


asyncio.run(main())
# ANCHOR_END: listing
