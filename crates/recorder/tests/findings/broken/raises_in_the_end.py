import asyncio


async def warm_up():
    await asyncio.sleep(0.1)


async def main():
    await asyncio.sleep(0.1)
    raise ValueError("no more")


asyncio.run(warm_up())
asyncio.run(main())
