"""Two tasks are awaited together, and one fails while the other sleeps."""
# ANCHOR: listing
import asyncio


async def main():
    task1 = asyncio.create_task(foo())
    task2 = asyncio.create_task(bar())
    try:
        await asyncio.gather(task1, task2)
    except ValueError as error:
        print(f"main got: {error}")
    await asyncio.sleep(2)
    print("main is done")


async def foo():
    print("foo")
    await asyncio.sleep(1)
    print("foo fails")
    raise ValueError("error in foo")


async def bar():
    print("bar")
    await asyncio.sleep(2)
    print("bar is done")
    return "result of bar"


asyncio.run(main())
# ANCHOR_END: listing
