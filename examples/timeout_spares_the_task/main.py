"""`main` waits for a task for no longer than a second, and the task goes on."""
# ANCHOR: listing
import asyncio


async def main():
    task = asyncio.create_task(foo())
    try:
        await asyncio.wait_for(asyncio.shield(task), timeout=1)
    except asyncio.TimeoutError:
        print("too late")
    await task
    print("World")


async def foo():
    print("foo")
    await asyncio.sleep(2)
    print("bar")


asyncio.run(main())
# ANCHOR_END: listing
