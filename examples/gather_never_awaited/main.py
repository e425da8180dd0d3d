"""Two functions are put together to be awaited, and never are."""
# ANCHOR: listing
import asyncio


async def main():
    print("Hello")
    both = asyncio.gather(foo("foo", "bar"), foo("baz", "qux"))
    await asyncio.sleep(2)
    print("World")


async def foo(before, after):
    print(before)
    await asyncio.sleep(1)
    print(after)


asyncio.run(main())
# ANCHOR_END: listing
