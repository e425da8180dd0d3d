"""Two tasks form a group, and one that fails takes the other with it. Needs Python 3.11."""
# ANCHOR: listing
import asyncio


async def main():
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(foo())
            tasks.create_task(bar())
    except* ValueError as group:
        print(f"main got: {group.exceptions[0]}")
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
