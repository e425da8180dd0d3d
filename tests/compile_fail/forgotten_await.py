"""An async function that is called, and not awaited."""
import asyncio


async def main():
    foo()


async def foo():
    print("foo")


asyncio.run(main())
