"""A coroutine object is used up by being awaited."""
import asyncio


async def main():
    coroutine = foo()
    await coroutine
    await coroutine


async def foo():
    print("foo")


asyncio.run(main())
