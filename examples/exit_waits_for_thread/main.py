"""`main` starts a blocking call in the pool of threads, and returns at once."""
# ANCHOR: listing
import asyncio
import time


async def main():
    print("Hello")
    call = asyncio.get_running_loop().run_in_executor(None, foo)
    print("World")


def foo():
    time.sleep(1)
    print("foo")


asyncio.run(main())
# ANCHOR_END: listing
