"""`main` sleeps beside its task, and awaits the task after that."""
# ANCHOR: listing
import asyncio


async def main():
    task = asyncio.create_task(async_sleep(1))
    await async_sleep(2)
    await task
    await print_hello()


async def async_sleep(i):
    print(f"Before sleeping... {i}")
    await asyncio.sleep(5)
    print(f"After sleeping... {i}")


async def print_hello():
    print("Hello world!")


asyncio.run(main())
# ANCHOR_END: listing
