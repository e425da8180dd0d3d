import asyncio


async def main():
    await asyncio.sleep(3)
    print("6 pages")


asyncio.run(main())
