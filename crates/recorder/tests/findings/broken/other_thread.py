"""A thread schedules a callback as if the loop were its own."""
import asyncio
import threading
import time


async def main():
    loop = asyncio.get_running_loop()
    done = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.call_soon(done.set), name="worker")
    thread.start()
    await asyncio.sleep(0.3)
    print(done.is_set())
    thread.join()


asyncio.run(main())
