"""Calling an async function and forgetting the `await` runs nothing of it."""
import asyncio


async def main():
    foo()


async def foo():
    print("foo")


asyncio.run(main())
