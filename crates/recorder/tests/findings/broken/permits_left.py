"""Two calls fail without giving their permits back, and there are only two."""
import asyncio


async def fetch(limit, fails):
    await limit.acquire()
    await asyncio.sleep(0.1)
    if fails:
        raise OSError("refused")
    limit.release()


async def main():
    limit = asyncio.Semaphore(2)
    fetches = [fetch(limit, fails) for fails in (True, True, False, False)]
    await asyncio.gather(*fetches, return_exceptions=True)


asyncio.run(main())
