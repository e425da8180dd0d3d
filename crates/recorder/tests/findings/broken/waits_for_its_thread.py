"""A thread asks the loop for something, and the loop's thread waits for the thread."""
import asyncio
import concurrent.futures
import threading


async def answer():
    return 42


def ask(loop):
    try:
        asyncio.run_coroutine_threadsafe(answer(), loop).result(0.5)
    except concurrent.futures.TimeoutError:
        print("no answer")


async def main():
    asking = threading.Thread(target=ask, args=(asyncio.get_running_loop(),), name="asker")
    asking.start()
    asking.join()


asyncio.run(main())
