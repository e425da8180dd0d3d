"""Two functions are awaited together, and one fails while the other sleeps."""
# ANCHOR: listing
import asyncio


async def main():
    try:
        await asyncio.gather(foo(), bar())
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
