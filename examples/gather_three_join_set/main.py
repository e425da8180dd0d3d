"""Three tasks are spawned into a `JoinSet` and awaited all together. Needs Python 3.11."""
# ANCHOR: listing
import asyncio


async def main():
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(async_sleep(1))
        tasks.create_task(async_sleep(2))
        tasks.create_task(print_hello())


async def async_sleep(i):
    print(f"Before sleeping... {i}")
    await asyncio.sleep(5)
    print(f"After sleeping... {i}")


async def print_hello():
    print("Hello world!")


asyncio.run(main())
# ANCHOR_END: listing
