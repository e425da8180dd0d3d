"""A worker waits for jobs and for the word to stop, and takes what is left."""
# ANCHOR: listing
import asyncio


async def main():
    queue = asyncio.Queue(8)
    stopped = asyncio.Event()
    worker = asyncio.create_task(work(queue, stopped))
    for job in ["first", "second", "third"]:
        await queue.put(job)
    await asyncio.sleep(1.5)
    stopped.set()
    await worker
    await queue.put("fourth")
    print("nobody takes it:", queue.qsize())


async def work(queue, stopped):
    stop = asyncio.create_task(stopped.wait())
    while not stop.done():
        get = asyncio.create_task(queue.get())
        await asyncio.wait({get, stop}, return_when=asyncio.FIRST_COMPLETED)
        if stop.done():
            get.cancel()
            break
        await asyncio.sleep(1)
        print(get.result(), "is done")
    while not queue.empty():
        print(queue.get_nowait(), "is given back")


asyncio.run(main())
# ANCHOR_END: listing
