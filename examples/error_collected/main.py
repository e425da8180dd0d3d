"""Two functions are awaited together, and an error is a result like any other."""
# ANCHOR: listing
import asyncio


async def main():
    for result in await asyncio.gather(foo(), bar(), return_exceptions=True):
        print(f"main got: {result}")


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
