import asyncio


async def main():
    asyncio.create_task(backup())
    await answer()
    await asyncio.sleep(3)


async def backup():
    print("saving")
    await asyncio.sleep(2)
    print("saved")


async def answer():
    await asyncio.sleep(1)
    print("answered")


asyncio.run(main())
