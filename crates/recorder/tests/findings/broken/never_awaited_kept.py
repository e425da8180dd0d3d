import asyncio


async def main():
    draft = save("draft")
    await asyncio.sleep(0.1)
    print("bye")


async def save(name):
    print("saved", name)


asyncio.run(main())
