"""Two tasks sleep for a second each, and `main` awaits both."""
# ANCHOR: listing
import asyncio


async def main():
    print("Hello")
    task1 = asyncio.create_task(foo("foo", "bar"))
    task2 = asyncio.create_task(foo("baz", "qux"))
    await task1
    await task2
    print("World")


async def foo(before, after):
    print(before)
    await asyncio.sleep(1)
    print(after)


asyncio.run(main())
# ANCHOR_END: listing
