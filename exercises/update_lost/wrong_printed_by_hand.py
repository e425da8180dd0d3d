import asyncio


async def main():
    await asyncio.sleep(1)
    print("balance: 200")


asyncio.run(main())
