import asyncio


async def crawl(limit, depth):
    async with limit:
        await asyncio.sleep(0.1)
        if depth:
            await crawl(limit, depth - 1)


async def main():
    limit = asyncio.Semaphore(2)
    await asyncio.gather(crawl(limit, 1), crawl(limit, 1))


asyncio.run(main())
