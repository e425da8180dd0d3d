import asyncio


async def rows():
    try:
        yield 1
        yield 2
    finally:
        raise RuntimeError("no connection")


async def main():
    async for row in rows():
        break
    await asyncio.sleep(0.1)
    print("end")


asyncio.run(main())
