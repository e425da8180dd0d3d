import asyncio


async def main():
    ready = asyncio.Condition()
    await tell(ready)
    async with ready:
        await ready.wait()


async def tell(ready):
    async with ready:
        ready.notify_all()


asyncio.run(main())
