"""A thread wakes the loop as it has to be done."""
import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    done = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.call_soon_threadsafe(done.set))
    thread.start()
    await done.wait()
    thread.join()


asyncio.run(main())
