"""Locks and permits that others give back, and that come in another order."""

import asyncio


async def take(lock):
    await lock.acquire()
    await asyncio.sleep(0.2)


async def use(lock, limit):
    async with limit:
        async with lock:
            await asyncio.sleep(0.01)


async def main():
    lock, limit = asyncio.Lock(), asyncio.Semaphore(2)
    task = asyncio.create_task(take(lock))
    await asyncio.sleep(0.1)
    asyncio.get_running_loop().call_later(0.05, lock.release)
    await asyncio.gather(*(use(lock, limit) for _ in range(5)), task)

    # As a signal: whoever has no permit releases one.
    done = asyncio.Semaphore(0)
    asyncio.get_running_loop().call_later(0.1, done.release)
    await done.acquire()

    # Who waits for a lock may give up.
    async with lock:
        try:
            await asyncio.wait_for(lock.acquire(), 0.1)
        except asyncio.TimeoutError:
            print("given up")
    async with lock:
        print("again")

    tell = asyncio.Condition()
    async with tell:
        tell.notify_all()
    waits = asyncio.create_task(notified(tell))
    await asyncio.sleep(0.1)
    async with tell:
        tell.notify()
    await waits


async def notified(tell):
    async with tell:
        await tell.wait()


asyncio.run(main())
