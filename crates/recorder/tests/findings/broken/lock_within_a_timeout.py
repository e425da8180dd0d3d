"""A lock is asked for by what its holder waits for, up to a timeout."""
import asyncio


async def save(lock):
    async with lock:
        print("saved")


async def main():
    lock = asyncio.Lock()
    async with lock:
        try:
            await asyncio.wait_for(save(lock), 2)
        except asyncio.TimeoutError:
            print("too late")


asyncio.run(main())
