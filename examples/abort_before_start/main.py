"""`main` cancels a task in the moment that it is spawned."""
# ANCHOR: listing
import asyncio


async def main():
    task = asyncio.create_task(foo())
    task.cancel()
    try:
        await task
        print("finished")
    except asyncio.CancelledError:
        print("cancelled")


async def foo():
    print("foo")


asyncio.run(main())
# ANCHOR_END: listing
