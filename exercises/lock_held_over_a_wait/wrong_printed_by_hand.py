import asyncio


async def main():
    await asyncio.sleep(1)
    print("3 pages")


asyncio.run(main())
