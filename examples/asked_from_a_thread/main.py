"""A thread that is not the loop's has it compute something."""
# ANCHOR: listing
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    thread = asyncio.create_task(asyncio.to_thread(ask, loop))
    await asyncio.sleep(0)
    print("main: free for others")
    await thread


def ask(loop):
    answer = asyncio.run_coroutine_threadsafe(twice(21), loop)
    print(f"the thread: got {answer.result()}")


async def twice(number):
    await asyncio.sleep(1)
    return number * 2


asyncio.run(main())
# ANCHOR_END: listing
