"""`main` returns while its task sleeps, and the task has something to clean up."""
# ANCHOR: listing
import asyncio


async def main():
    print("Hello")
    task = asyncio.create_task(foo())
    await asyncio.sleep(1)
    print("World")


async def foo():
    try:
        print("foo")
        await asyncio.sleep(10)
        print("bar")
    finally:
        print("cleaning up")
        await asyncio.sleep(0.7)
        print("clean")


asyncio.run(main())
# ANCHOR_END: listing
