import asyncio


async def main():
    print("tick")
    await asyncio.sleep(1)
    print("tick")
    await asyncio.sleep(0.5)
    print("the report is there")
    await asyncio.sleep(0.5)
    print("tick")
    await asyncio.sleep(1)


asyncio.run(main())
