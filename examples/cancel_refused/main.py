"""`main` cancels a task that would rather not be."""
# ANCHOR: listing
import asyncio


async def main():
    task = asyncio.create_task(foo())
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
        print("finished")
    except asyncio.CancelledError:
        print("cancelled")


async def foo():
    print("foo")
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("not now")
        await asyncio.sleep(2)
    print("bar")


asyncio.run(main())
# ANCHOR_END: listing
