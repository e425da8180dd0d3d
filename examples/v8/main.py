"""Two tasks, one awaited; then `main` sleeps for half a second and returns."""
# ANCHOR: listing
import asyncio


async def main():
    print("Hello")
    task1 = asyncio.create_task(foo("foo", "bar", 1))
    task2 = asyncio.create_task(foo("baz", "qux", 2))
    await task1
    await asyncio.sleep(0.5)
    print("World")


async def foo(before, after, seconds):
    print(before)
    await asyncio.sleep(seconds)
    print(after)


asyncio.run(main())
# ANCHOR_END: listing
