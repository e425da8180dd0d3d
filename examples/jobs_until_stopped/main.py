"""Jobs come from outside until somebody says stop; what was begun is finished."""
# ANCHOR: listing
import asyncio


async def main():
    queue, stopping = asyncio.Queue(2), asyncio.Event()
    source = asyncio.create_task(bring(queue))
    workers = [asyncio.create_task(work(name, queue, stopping)) for name in ("A", "B")]
    await asyncio.sleep(2.5)
    print("stop")
    stopping.set()
    source.cancel()
    _, late = await asyncio.wait(workers, timeout=1)
    for worker in late:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    print("aborted:", len(late))
    left = queue.qsize()
    print("never begun:", left)


async def bring(queue):
    for number, seconds in enumerate([1, 3, 1, 5, 1, 1, 1, 1], 1):
        await queue.put((number, seconds))


async def work(name, queue, stopping):
    while not stopping.is_set():
        number, seconds = await queue.get()
        print(f"{name} begins {number}")
        await asyncio.sleep(seconds)
        print(f"{name} has done {number}")


asyncio.run(main())
# ANCHOR_END: listing
