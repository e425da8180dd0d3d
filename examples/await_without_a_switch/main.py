"""`main` awaits a finished task and a function that never waits, while another
task is ready.
"""
# ANCHOR: listing
import asyncio


async def main():
    foo_task = asyncio.create_task(foo())
    await asyncio.sleep(1)
    bar_task = asyncio.create_task(bar())
    print(f"foo returned {await foo_task}")
    print(f"answer returned {await answer()}")
    print("still main")
    await bar_task


async def foo():
    print("foo")
    return 1


async def answer():
    return 42


async def bar():
    print("bar")


asyncio.run(main())
# ANCHOR_END: listing
