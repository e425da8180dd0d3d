"""Eager tasks take their first step at once."""
import asyncio


async def nap(word):
    print(word, "starts")
    await asyncio.sleep(0.05)
    print(word, "ends")


async def quick():
    print("quick")
    return 1


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(nap("foo"))
    print(await asyncio.create_task(quick()))
    await task


asyncio.run(main())
