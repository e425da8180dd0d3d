"""Three tasks are spawned, and their handles are awaited with `join!`."""
# ANCHOR: listing
import asyncio


async def main():
    task1 = asyncio.create_task(async_sleep(1))
    task2 = asyncio.create_task(async_sleep(2))
    task3 = asyncio.create_task(print_hello())
    await asyncio.gather(task1, task2, task3)


async def async_sleep(i):
    print(f"Before sleeping... {i}")
    await asyncio.sleep(5)
    print(f"After sleeping... {i}")


async def print_hello():
    print("Hello world!")


asyncio.run(main())
# ANCHOR_END: listing
