"""Three functions are awaited together with a `join!` that always polls them in
order.
"""
# ANCHOR: listing
import asyncio


async def main():
    await asyncio.gather(async_sleep(1), async_sleep(2), print_hello())


async def async_sleep(i):
    print(f"Before sleeping... {i}")
    await asyncio.sleep(5)
    print(f"After sleeping... {i}")


async def print_hello():
    print("Hello world!")


asyncio.run(main())
# ANCHOR_END: listing
