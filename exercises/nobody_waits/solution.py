import asyncio


async def main():
    task = asyncio.create_task(backup())
    await answer()
    await task


async def backup():
    print("saving")
    await asyncio.sleep(2)
    print("saved")


async def answer():
    await asyncio.sleep(1)
    print("answered")


asyncio.run(main())
