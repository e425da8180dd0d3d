import asyncio


async def main():
    asyncio.create_task(save())
    await asyncio.sleep(0.1)
    print("bye")


async def save():
    print("saving")
    await asyncio.sleep(1)
    print("saved")


asyncio.run(main())
