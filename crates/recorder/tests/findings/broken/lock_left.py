"""A task takes a lock, fails and never gives it back; another one waits for it."""
import asyncio


async def change(lock, by):
    await lock.acquire()
    await asyncio.sleep(0.1)
    int(by)
    lock.release()


async def main():
    lock = asyncio.Lock()
    tasks = [asyncio.create_task(change(lock, by)) for by in ("one", "1")]
    await asyncio.wait(tasks)


asyncio.run(main())
