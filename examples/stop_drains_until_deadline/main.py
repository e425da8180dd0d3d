"""Workers are asked to stop, and finish the job they have, up to a deadline."""
# ANCHOR: listing
import asyncio


async def main():
    stopping = asyncio.Event()
    workers = [
        asyncio.create_task(work("short", 0.4, stopping)),
        asyncio.create_task(work("long", 3, stopping)),
    ]
    await asyncio.sleep(1)
    print("stop")
    stopping.set()
    _, late = await asyncio.wait(workers, timeout=0.8)
    if late:
        print("still at work:", len(late))
        for worker in late:
            worker.cancel()
        await asyncio.wait(late)
    print("stopped")


async def work(name, seconds, stopping):
    try:
        while not stopping.is_set():
            await asyncio.sleep(seconds)
            print(f"{name}: a job is done")
    finally:
        print(f"{name}: end")


asyncio.run(main())
# ANCHOR_END: listing
