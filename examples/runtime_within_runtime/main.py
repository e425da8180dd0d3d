"""A task tries to start the runtime that it runs on once more."""
# ANCHOR: listing
import asyncio


async def main():
    coroutine = foo()
    try:
        asyncio.get_running_loop().run_until_complete(coroutine)
        print("it works")
    except RuntimeError:
        print("a thread runs one loop at a time")
        coroutine.close()


async def foo():
    print("foo")


asyncio.run(main())
# ANCHOR_END: listing
