"""`main` waits for a task, and is woken when the task is done."""
# ANCHOR: listing
import asyncio


async def main():
    task = asyncio.create_task(foo())
    print("main waits")
    print(f"main got {await task}")


async def foo():
    await asyncio.sleep(1)
    print("foo is done")
    return 42


asyncio.run(main())
# ANCHOR_END: listing
