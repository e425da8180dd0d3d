"""`main` cancels a task that sleeps, and awaits it."""
# ANCHOR: listing
import asyncio


async def main():
    task = asyncio.create_task(foo())
    await asyncio.sleep(1)
    task.cancel()
    print("main goes on")
    try:
        await task
    except asyncio.CancelledError:
        print("foo was cancelled")


async def foo():
    try:
        print("foo")
        await asyncio.sleep(10)
        print("bar")
    finally:
        print("cleaned up")


asyncio.run(main())
# ANCHOR_END: listing
