"""A future that a callback fulfils, and one that a task does."""
import asyncio


async def fulfil(future):
    await asyncio.sleep(0.05)
    future.set_result("by a task")


async def main():
    loop = asyncio.get_running_loop()
    first, second = loop.create_future(), loop.create_future()
    loop.call_later(0.1, first.set_result, "by a timer")
    task = asyncio.create_task(fulfil(second))
    print(await first)
    print(await second)
    await task


asyncio.run(main())
