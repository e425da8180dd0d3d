import asyncio


async def job(limit, n):
    await limit.acquire()
    await asyncio.sleep(0.1)
    if n == 1:
        raise ValueError(n)
    limit.release()


async def main():
    limit = asyncio.Semaphore(1)
    jobs = (job(limit, n) for n in range(3))
    await asyncio.gather(*jobs, return_exceptions=True)


asyncio.run(main())
