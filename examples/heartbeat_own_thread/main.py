"""A task beats every half second while work that blocks has a thread of its own."""
# ANCHOR: listing
import asyncio
import threading
import time


async def main():
    task = asyncio.create_task(heartbeat())
    await asyncio.sleep(0.7)
    loop = asyncio.get_running_loop()
    is_done = loop.create_future()

    def work_in_thread():
        work()
        loop.call_soon_threadsafe(is_done.set_result, None)

    threading.Thread(target=work_in_thread).start()
    await is_done
    await asyncio.sleep(0.4)


async def heartbeat():
    while True:
        print("beat")
        await asyncio.sleep(0.5)


def work():
    print("work starts")
    time.sleep(1.6)
    print("work is done")


asyncio.run(main())
# ANCHOR_END: listing
