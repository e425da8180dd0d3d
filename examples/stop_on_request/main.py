"""`main` asks a task to stop, and the task takes its time to clean up."""
# ANCHOR: listing
import asyncio


async def main():
    task = asyncio.create_task(foo())
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("World")


async def foo():
    print("foo")
    try:
        await asyncio.sleep(10)
        print("bar")
    except asyncio.CancelledError:
        print("asked to stop")
        raise
    finally:
        await asyncio.sleep(0.5)
        print("clean")


asyncio.run(main())
# ANCHOR_END: listing
