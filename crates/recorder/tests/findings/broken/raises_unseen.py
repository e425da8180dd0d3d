import asyncio


async def main():
    asyncio.create_task(parse("seven"))
    await asyncio.sleep(0.01)
    print("all is well")


async def parse(text):
    print(int(text))


asyncio.run(main())
