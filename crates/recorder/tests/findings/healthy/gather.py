import asyncio


async def main():
    lock = asyncio.Lock()
    names = [f"job {i}" for i in range(5)]
    print(await asyncio.gather(*(work(name, lock) for name in names)))
    results = await asyncio.gather(fails(), return_exceptions=True)
    print(results)


async def work(name, lock):
    async with lock:
        await asyncio.sleep(0.1)
    return name


async def fails():
    await asyncio.sleep(0.1)
    raise ValueError("expected")


asyncio.run(main())
