import asyncio


async def main():
    await asyncio.sleep(0.3)
    print("tick")
    await asyncio.sleep(0.3)
    print("tick")
    await asyncio.sleep(0.2)
    print("tea")


asyncio.run(main())
