import asyncio


async def main():
    print("saving")
    await asyncio.sleep(1)
    print("answered")
    await asyncio.sleep(1)
    print("saved")


asyncio.run(main())
