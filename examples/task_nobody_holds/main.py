"""A task waits for what nobody can bring about, and nobody holds the task. Needs Python 3.10."""
# ANCHOR: listing
import asyncio
import gc


async def main():
    print("Hello")
    asyncio.create_task(foo())
    await asyncio.sleep(0)
    gc.collect()
    print("World")


async def foo():
    try:
        print("foo")
        await asyncio.Future()
    finally:
        print("foo is gone")


asyncio.run(main())
# ANCHOR_END: listing
