import asyncio


async def main():
    await asyncio.sleep(1)
    print("got 1")
    print("got 2")
    print("got 3")
    print("that was all")


asyncio.run(main())
