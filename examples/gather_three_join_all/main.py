"""A list of three futures is awaited with `join_all`, in one task."""
# ANCHOR: listing
import asyncio


async def main():
    coroutines = [async_sleep(1), async_sleep(2), print_hello()]
    await asyncio.gather(*coroutines)


async def async_sleep(i):
    print(f"Before sleeping... {i}")
    await asyncio.sleep(5)
    print(f"After sleeping... {i}")


async def print_hello():
    print("Hello world!")


asyncio.run(main())
# ANCHOR_END: listing
