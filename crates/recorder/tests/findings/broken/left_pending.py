import asyncio


async def save():
    await asyncio.sleep(1)
    print("saved")


async def main():
    asyncio.ensure_future(save())
    await asyncio.sleep(0.1)


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
