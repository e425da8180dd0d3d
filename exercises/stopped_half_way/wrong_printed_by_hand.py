import asyncio


async def main():
    print("job 1 begun")
    await asyncio.sleep(1)
    print("job 1 saved")
    print("job 2 begun")
    await asyncio.sleep(1)
    print("job 2 saved")
    print("stopped")


asyncio.run(main())
