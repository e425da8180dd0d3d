import asyncio


async def main():
    await asyncio.sleep(1.1)
    print("job 1")
    await asyncio.sleep(1.1)
    print("job 2")
    await asyncio.sleep(0.8)
    print("closed")


asyncio.run(main())
