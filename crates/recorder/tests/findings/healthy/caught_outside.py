import asyncio


async def main():
    await asyncio.sleep(0.1)
    raise ValueError("no more")


try:
    asyncio.run(main())
except ValueError as error:
    print("caught", error)
