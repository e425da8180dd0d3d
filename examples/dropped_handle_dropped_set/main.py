"""The handle of one task is dropped, and the set that another belongs to."""
# ANCHOR: listing
import asyncio


async def main():
    task1 = asyncio.create_task(foo("foo"))
    task2 = asyncio.create_task(foo("bar"))
    await asyncio.sleep(1)
    del task1
    del task2
    print("both dropped")
    await asyncio.sleep(2)


async def foo(name):
    print(name)
    await asyncio.sleep(2)
    print(f"{name} is done")


asyncio.run(main())
# ANCHOR_END: listing
