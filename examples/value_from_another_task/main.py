"""`main` waits for a value that a task hands over before it is done."""
# ANCHOR: listing
import asyncio


async def main():
    print("main waits")
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(foo(future))
    print(f"main got {await future}")
    await task
    print("foo is done")


async def foo(future):
    await asyncio.sleep(1)
    future.set_result(42)
    await asyncio.sleep(1)


asyncio.run(main())
# ANCHOR_END: listing
