"""A coroutine object that nobody has awaited, and that is no task, is cancelled."""
# ANCHOR: listing
import asyncio


async def main():
    coroutine = foo()
    print(f"has a cancel: {hasattr(coroutine, 'cancel')}")
    coroutine.close()
    print("foo is cancelled")


async def foo():
    print("foo")


asyncio.run(main())
# ANCHOR_END: listing
